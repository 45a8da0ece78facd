import { requireReady } from '#lib/server/http/readiness.ts'
import { routeHandlers } from '#lib/server/http/route-handler.ts'

/** The database answers and its migrations are current. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers('/api/ready', {
  GET: async () => {
    await requireReady()
    return Response.json({ status: 'ok' })
  },
})
