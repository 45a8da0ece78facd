import { browserRoute } from '#lib/server/http/browser-route.ts'
import { receive } from '#lib/server/oauth/callback.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = browserRoute('/oauth/callback', (request) =>
  receive(request, '/oauth/callback'),
)
