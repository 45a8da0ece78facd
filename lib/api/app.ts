import type { HttpBindings } from '@hono/node-server'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Container } from '#lib/composition/container.ts'
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

const information = {
  openapi: '3.1.0',
  info: {
    title: 'Porte-clés',
    version: '1',
    description: 'Valid tokens for the back ends of Pro+. Every refusal is a problem (RFC 9457) told by its `code`.',
  },
}

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

/** What back ends are answered: every route with the document that describes it. */
export const apiApp = (container: Container): Api => {
  const { store } = container
  const app: Api = new OpenAPIHono<{ Bindings: HttpBindings }>({ getPath: sentPath })
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: '`pk_<prefix>_<secret>`',
  })
  serveToken(app, container)
  serveProxy(app, container)
  serveMetrics(app, container)
  serveRoute(app, container, probe('/api/health', 'getHealth', 'The process answers'), async (asked) =>
    sendJson(asked, { status: 'ok' }),
  )
  const ready = probe('/api/ready', 'getReadiness', 'The database answers and its migrations are current')
  serveRoute(app, container, ready, async (asked) => {
    await store.ready()
    return sendJson(asked, { status: 'ok' })
  })
  const document: Route = {
    method: 'get',
    path: '/api/openapi.json',
    operationId: 'getOpenApi',
    tags: ['documents'],
    summary: 'This document',
    responses: { 200: { description: 'OpenAPI 3.1', content: json(z.looseObject({ openapi: z.string() })) } },
  }
  serveRoute(app, container, document, async (asked) => sendJson(asked, app.getOpenAPI31Document(information)))
  app.notFound(() => refuse('not_found'))
  return app
}
