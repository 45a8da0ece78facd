import { browserRoute } from '#lib/server/http/browser-route.ts'
import { exportWholeJournal } from '#lib/server/loaders/journal/journal-export.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute(
  '/support/journal/export',
  exportWholeJournal,
)
