import { routeHandlers } from '#lib/server/api-route.ts'
import { container } from '#lib/server/container.ts'

/** The database answers and its migrations are current. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers('/api/ready', {
  GET: async () => {
    const { store } = await container()
    await store.ready()
    return Response.json({ status: 'ok' })
  },
})
