import { browserRoute } from '#lib/server/browser-route.ts'
import { receive } from '#lib/server/callback.ts'

export const { GET, HEAD } = browserRoute('/oauth/callback', (request) => receive(request, '/oauth/callback'))
