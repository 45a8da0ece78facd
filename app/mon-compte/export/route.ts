import { browserRoute } from '#lib/server/http/browser-route.ts'
import { exportAccount } from '#lib/server/loaders/accounts/account-export.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute('/mon-compte/export', exportAccount)
