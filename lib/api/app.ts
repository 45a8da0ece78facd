import type { HttpBindings } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Container } from '#lib/composition/container.ts'
import { serveMetrics } from './metrics.ts'
import { refuse } from './problem.ts'
import { type Api, json, problems, serveRoute } from './routes.ts'
import { status } from './schemas.ts'
import { sendJson } from './send-response.ts'
import { serveToken } from './token.ts'

const probe = (path: string, summary: string) => ({
  method: 'get' as const,
  path,
  summary,
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

/** What back ends are answered: every route with the document that describes it. */
export const apiApp = (container: Container): Api => {
  const { store } = container
  const app: Api = new OpenAPIHono<{ Bindings: HttpBindings }>()
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: '`pk_<prefix>_<secret>`',
  })
  serveToken(app, container)
  serveMetrics(app, container)
  serveRoute(app, container, probe('/api/health', 'The process answers'), async (asked) =>
    sendJson(asked, { status: 'ok' }),
  )
  const ready = probe('/api/ready', 'The database answers and its migrations are current')
  const readyResponses = { ...ready.responses, ...problems({ 503: '`storage_unavailable`' }) }
  serveRoute(app, container, { ...ready, responses: readyResponses }, async (asked) => {
    await store.ready()
    return sendJson(asked, { status: 'ok' })
  })
  const document = {
    method: 'get' as const,
    path: '/api/openapi.json',
    summary: 'This document',
    responses: { 200: { description: 'OpenAPI 3.1' } },
  }
  serveRoute(app, container, document, async (asked) => sendJson(asked, app.getOpenAPI31Document(information)))
  app.notFound(() => refuse('not_found'))
  return app
}
