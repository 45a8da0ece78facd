import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stopTracing, tracing } from '#lib/adapters/telemetry/process-tracing.ts'
import { connectedTenant, minute } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp } from '#lib/testing/app/test-app.ts'
import { startApiServer } from './listener.ts'

interface Span {
  name: string
  kind: number
  traceId: string
  spanId: string
  parentSpanId?: string
  attributes: { key: string }[]
}

const received: string[] = []
/** A collector of OTLP over HTTP, as JSON. */
const collector = createServer(async (request, answer) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  received.push(
    `${request.url} ${(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()}`,
  )
  answer.setHeader('content-type', 'application/json').end('{}')
})
beforeAll(() => {
  collector.listen(0, '127.0.0.1')
  return once(collector, 'listening').then(() => {})
})
afterAll(async () => {
  await stopTracing()
  collector.close()
})

const spansOf = (lines: string[]) =>
  lines.flatMap((line) => {
    const [, body = '{}'] = /^\/v1\/traces (.*)$/s.exec(line) ?? []
    const { resourceSpans = [] } = JSON.parse(body) as {
      resourceSpans?: { scopeSpans: { spans: Span[] }[] }[]
    }
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
  })

test('without the setting nothing is traced', async () => {
  const testApp = await openTestApp()
  expect(tracing()).toBeUndefined()
  await testApp.close()
})

test('a token is followed from the request over the store to the provider; no span holds a path, a query or a secret', async () => {
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  const testApp = await openTestApp({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, API_PORT: '0' })
  const { admin } = await connectedTenant(testApp)
  const { app } = testApp
  const key = await app.manageApiKeys.create(
    { name: 'Compta', tenantId: admin.tenantId, scopes: ['teamleader:token'] },
    { kind: 'operator' },
  )
  if (key === null) throw new Error('no key')
  const server = await startApiServer(app)
  testApp.clock.move(61 * minute)
  const url = `http://127.0.0.1:${server.port}/api/v1/connections/teamleader/token?asked=hunter2`
  const answer = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${key}` } })
  expect(answer.status).toBe(200)
  const { access_token } = (await answer.json()) as { access_token: string }
  await server.close(1_000)
  await testApp.close()

  const spans = spansOf(received)
  const request = spans.find(({ name }) => name === 'POST /api/v1/connections/{provider}/token')
  const refresh = spans.find(({ name, traceId }) => name === 'teamleader refresh' && traceId === request?.traceId)
  expect(request).toBeDefined()
  expect(refresh?.parentSpanId).toBe(request?.spanId)
  expect(spans.filter(({ name, traceId }) => name.startsWith('tokens.') && traceId === request?.traceId)).not.toEqual(
    [],
  )
  const everything = received.join('\n')
  for (const secret of ['hunter2', key, access_token, admin.email, admin.tenantId])
    expect(everything).not.toContain(secret)
})
