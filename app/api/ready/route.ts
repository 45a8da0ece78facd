import { routeHandlers } from '#lib/server/api-route.ts'
import { requireReady } from '#lib/server/readiness.ts'

/** The database answers and its migrations are current. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers('/api/ready', {
  GET: async () => {
    await requireReady()
    return Response.json({ status: 'ok' })
  },
})
