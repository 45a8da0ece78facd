import type { HttpBindings } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Container } from '#lib/composition/container.ts'
import { serveConnections } from './data/serve-connections.ts'
import { serveLists } from './data/serve-lists.ts'
import { serveDocs } from './docs/serve-docs.ts'
import { serveMetrics } from './metrics.ts'
import { refuse } from './problem.ts'
import { serveProxy } from './proxy/proxy.ts'
import { type Api, json, type Route, serveRoute } from './routes.ts'
import { status } from './schemas.ts'
import { sendJson } from './send-response.ts'
import { serveToken } from './token.ts'

const probe = (path: string, operationId: string, summary: string): Route => ({
  method: 'get',
  ...{ path, operationId, summary, tags: ['documents'] },
  responses: { 200: { description: summary, content: json(status) } },
})

/** What a process that answers no back ends is asked for. */
export const metricsApp = (container: Container): Api => {
  const app: Api = new OpenAPIHono<{ Bindings: HttpBindings }>()
  serveMetrics(app, container)
  app.notFound(() => refuse('not_found'))
  return app
}

/** As it was sent: resolved, a path could leave what is behind `/proxy/` and meet another route. */
const sentPath = (_: Request, options?: { env?: object }) =>
  (options?.env as HttpBindings | undefined)?.incoming.url?.split('?', 1)[0] ?? '/'

/**
 * What back ends are answered: every route with the document that describes it.
 *
 * @param ending told when the process is about to end
 */
export const apiApp = (container: Container, ending = new AbortController().signal): Api => {
  const { store } = container
  const app: Api = new OpenAPIHono<{ Bindings: HttpBindings }>({ getPath: sentPath })
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: '`pk_<prefix>_<secret>`',
  })
  serveConnections(app, container)
  serveToken(app, container)
  serveLists(app, container, ending)
  serveProxy(app, container)
  serveMetrics(app, container)
  serveRoute(app, container, probe('/api/health', 'getHealth', 'The process answers'), async (context) =>
    sendJson(context, { status: 'ok' }),
  )
  const ready = probe('/api/ready', 'getReadiness', 'The database answers and its migrations are current')
  serveRoute(app, container, ready, async (context) => {
    await store.ready()
    return sendJson(context, { status: 'ok' })
  })
  serveDocs(app, container)
  app.notFound(() => refuse('not_found'))
  return app
}
