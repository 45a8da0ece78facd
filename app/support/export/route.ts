import { browserRoute } from '#lib/server/http/browser-route.ts'
import { exportConnections } from '#lib/server/loaders/support/list-export.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute('/support/export', exportConnections)
