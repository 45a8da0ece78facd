import { browserRoute } from '#lib/server/http/browser-route.ts'
import { exportJournal } from '#lib/server/loaders/journal/journal-export.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute(
  '/administratif/journal/export',
  exportJournal,
)
