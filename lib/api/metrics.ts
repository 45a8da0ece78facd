import type { Container } from '#lib/composition/container.ts'
import { isLocal, peerIp } from '#lib/composition/http/client-ip.ts'
import { refuseKey } from './problem.ts'
import { type Api, problems, type Route, serveRoute } from './routes.ts'

export const serveMetrics = (app: Api, container: Container) => {
  const { metrics, measureFleet, manageApiKeys, env } = container
  const route: Route = {
    method: 'get',
    path: '/metrics',
    operationId: 'getMetrics',
    tags: ['operations'],
    summary: 'Metrics of this process and of the fleet',
    description:
      'For Prometheus. From elsewhere than this machine a key of the platform with `metrics:read` is needed.',
    security: [{ apiKey: [] }],
    responses: {
      200: {
        description: 'The text format of Prometheus',
        content: { 'text/plain': { schema: { type: 'string' } } },
      },
      ...problems({ 401: '`unauthorized`', 403: '`scope_missing`' }),
    },
  }
  metrics.watchProcess()
  serveRoute(app, container, route, async ({ env: { incoming } }) => {
    if (!isLocal(incoming)) {
      const ip = peerIp(incoming, env.trustedProxyHops)
      const refusal = await manageApiKeys.refuseMetrics(incoming.headers.authorization, ip)
      if (refusal) return refuseKey(refusal, incoming.headers.authorization !== undefined, ['metrics:read'])
    }
    const { type, text } = await metrics.render(await measureFleet())
    return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } })
  })
}
