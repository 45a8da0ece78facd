import { routeHandlers } from '#lib/server/http/route-handler.ts'

const health = async () => Response.json({ status: 'ok' })

/** The process answers. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers('/api/health', {
  GET: health,
  HEAD: health,
})
