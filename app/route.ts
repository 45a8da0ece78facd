import { browserRoute } from '#lib/server/http/browser-route.ts'
import { receive } from '#lib/server/oauth/callback.ts'

/** Home, and the redirect URI of the old guide. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute('/', (request) => receive(request, '/'))
