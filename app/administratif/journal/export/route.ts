import { browserRoute } from '#lib/server/browser-route.ts'
import { exportJournal } from '#lib/server/journal-export.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute(
  '/administratif/journal/export',
  exportJournal,
)
