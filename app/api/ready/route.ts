import { requireReady } from '#lib/server/http/readiness.ts'
import { routeHandlers } from '#lib/server/http/route-handler.ts'

const ready = async () => {
  await requireReady()
  return Response.json({ status: 'ok' })
}

/** The database answers and its migrations are current. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers('/api/ready', {
  GET: ready,
  HEAD: ready,
})
