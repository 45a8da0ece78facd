import { routeHandlers } from '#lib/server/api-route.ts'

/** The process answers. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers('/api/health', {
  GET: async () => Response.json({ status: 'ok' }),
})
