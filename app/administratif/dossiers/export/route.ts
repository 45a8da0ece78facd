import { browserRoute } from '#lib/server/http/browser-route.ts'
import { exportList } from '#lib/server/loaders/sync/records-export.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute(
  '/administratif/dossiers/export',
  exportList('dossiers'),
)
