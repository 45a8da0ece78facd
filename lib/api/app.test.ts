import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { apiApp } from './app.ts'

let testApp: TestApp
let apiClient: ApiClient
beforeAll(async () => {
  testApp = await openTestApp()
  apiClient = await openApiClient(testApp)
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})

const get = (path: string, method = 'GET') => fetch(`${apiClient.url}${path}`, { method })

interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, { responses: Record<string, unknown>; requestBody?: unknown }>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}

test('the document tells of every route that is served, and of no other', async () => {
  const document = (await (await get('/api/openapi.json')).json()) as OpenApi
  expect(document.openapi).toBe('3.1.0')
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const served = apiApp(testApp.app)
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}').replace('*', '{path}')}`)
  expect(documented.sort()).toEqual(served.sort())
  expect(documented).toContain('POST /api/v1/connections/{provider}/token')
})

test('the document describes what is asked and answered', async () => {
  const { paths, components } = (await (await get('/api/openapi.json')).json()) as OpenApi
  const token = paths['/api/v1/connections/{provider}/token']?.post
  expect(Object.keys(token?.responses ?? {})).toEqual([
    '200',
    '400',
    '401',
    '403',
    '404',
    '405',
    '409',
    '413',
    '429',
    '503',
    '4XX',
  ])
  expect(JSON.stringify(token)).toContain('"enum":["teamleader","teo"]')
  expect(Object.keys(components.schemas)).toEqual(
    expect.arrayContaining(['Problem', 'Status', 'Token', 'TokenRequest']),
  )
  expect(components.securitySchemes).toMatchObject({ apiKey: { type: 'http', scheme: 'bearer' } })
})

test('it says whether it lives and whether its database answers', async () => {
  for (const path of ['/api/health', '/api/ready']) {
    const answer = await get(path)
    expect(await answer.json()).toEqual({ status: 'ok' })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const head = await get(path, 'HEAD')
    expect({ status: head.status, text: await head.text() }).toEqual({ status: 200, text: '' })
    expect(head.headers.get('content-length')).toBe(answer.headers.get('content-length'))
  }
})

test('another path is not found, another method is not allowed', async () => {
  const nowhere = await get('/api/v1/nowhere')
  expect(await nowhere.json()).toEqual({
    type: '/api/docs#not_found',
    title: 'Nothing is served at this path',
    status: 404,
    code: 'not_found',
  })
  const asked = await get('/api/v1/connections/teamleader/token')
  expect({ status: asked.status, allow: asked.headers.get('allow') }).toEqual({ status: 405, allow: 'POST' })
  expect((await get('/api/health', 'DELETE')).headers.get('allow')).toBe('GET, HEAD')
})

test('a database that does not answer is 503, never 500', async () => {
  const away = await openTestApp()
  const apiServer = await openApiClient(away)
  const { admin } = await away.connected()
  const key = await apiServer.keyOf(admin)
  await away.close()
  expect(await apiServer.ask(key)).toMatchObject({ status: 503, json: { code: 'storage_unavailable' } })
  expect((await fetch(`${apiServer.url}/api/ready`)).status).toBe(503)
  expect((await fetch(`${apiServer.url}/api/health`)).status).toBe(200)
  await apiServer.close()
})
