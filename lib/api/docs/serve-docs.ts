import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Container } from '#lib/composition/container.ts'
import { type Api, json, type Route, serveRoute } from '../routes.ts'
import { send, sendJson } from '../send-response.ts'
import type { Document } from './document.ts'
import { docsPage } from './page.ts'
import { style } from './style.ts'

const information = {
  openapi: '3.1.0',
  info: {
    title: 'Porte-clés',
    version: '1',
    description:
      'For the back ends of Pro+: valid tokens, and the customers’ data to follow. Every refusal is a problem (RFC 9457) told by its `code`.',
    license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
  },
  servers: [{ url: '/', description: 'Where this document is served' }],
  tags: [
    { name: 'connections', description: 'What the customers connected, and tokens for it.' },
    { name: 'data', description: 'Copies of the customers’ lists, as feeds of changes.' },
    { name: 'documents', description: 'Documents, and whether all is well.' },
    { name: 'operations', description: 'For those who run Porte-clés.' },
  ],
}

/** Nothing is loaded or run, from here or from elsewhere. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join('; ')

const documentRoute: Route = {
  method: 'get',
  path: '/api/openapi.json',
  operationId: 'getOpenApi',
  tags: ['documents'],
  summary: 'This document',
  responses: { 200: { description: 'OpenAPI 3.1', content: json(z.looseObject({ openapi: z.string() })) } },
}

const pageRoute: Route = {
  method: 'get',
  path: '/api/docs',
  operationId: 'getDocs',
  tags: ['documents'],
  summary: 'This document as a page',
  responses: {
    200: {
      description: 'Where the `type` of a problem leads',
      content: { 'text/html': { schema: { type: 'string' } } },
    },
  },
}

/** The document of all that is served, for programs and for people. */
export const serveDocs = (app: Api, container: Container) => {
  const read = () => app.getOpenAPI31Document(information)
  serveRoute(app, container, documentRoute, async (context) => sendJson(context, read()))
  serveRoute(app, container, pageRoute, async (context) =>
    send(context, docsPage(read() as unknown as Document), {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    }),
  )
}
