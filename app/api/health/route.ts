import { routeHandlers } from '#lib/server/http/route-handler.ts'

/** The process answers. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers('/api/health', {
  GET: async () => Response.json({ status: 'ok' }),
})
