import { browserRoute } from '#lib/server/http/browser-route.ts'
import { exportTenant } from '#lib/server/loaders/support/tenant-export.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute('/support/[tenantId]/export', exportTenant)
