import createClient from 'openapi-fetch'
import openApiTypes, { astToString } from 'openapi-typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataClient } from '#lib/testing/api/data-client.ts'
import type { paths } from '#lib/testing/api/document-types.ts'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { smallCopies } from '#lib/testing/sync/small-copy.ts'

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

const clientWith = (key: string) =>
  createClient<paths, 'application/json' | 'application/problem+json'>({
    baseUrl: apiClient.url,
    headers: { authorization: `Bearer ${key}` },
  })

test('the types of the generated client are those of the served document (`vitest run … -u` makes them anew)', async () => {
  const types = await openApiTypes(new URL('/api/openapi.json', apiClient.url))
  const text = astToString(types, { formatOptions: { removeComments: true } })
  await expect(text).toMatchFileSnapshot('../testing/api/document-types.ts')
})

test('a generated client follows a list, reads a record, takes a token, calls the provider and is told what is wrong', async () => {
  const { admin } = await smallCopies(testApp).copied()
  const scopes = ['teamleader:token', 'teamleader:data:read', 'teamleader:proxy']
  const client = clientWith(await dataClient(testApp, apiClient.url).keyFor(admin.tenantId, scopes))

  const ids = new Set<string>()
  let cursor: string | undefined
  for (let more = true; more; ) {
    const query = { limit: 100, ...(cursor !== undefined && { cursor }) }
    const { data: page } = await client.GET('/api/v1/companies', { params: { query } })
    if (!page) throw new Error('no page')
    for (const { id, data } of page.data) if (data !== null) ids.add(id)
    cursor = page.next_cursor
    more = page.has_more
  }
  expect([...ids].sort()).toEqual([...testApp.records().all('companies').keys()].sort())

  const [id = ''] = ids
  const { data: record } = await client.GET('/api/v1/companies/{id}', { params: { path: { id } } })
  expect(record?.data?.name).toBe(testApp.records().all('companies').get(id)?.name)

  const { data: connections } = await client.GET('/api/v1/connections')
  expect(connections?.data.map(({ provider, state, since }) => [provider, state, typeof since])).toEqual([
    ['teamleader', 'connected', 'string'],
  ])

  const token = '/api/v1/connections/{provider}/token'
  const teamleader = { path: { provider: 'teamleader' } } as const
  const { data: given } = await client.POST(token, { params: teamleader, body: { min_ttl: 60 } })
  const left = new Date(given?.expires_at ?? 0).getTime() - testApp.clock.now().getTime()
  expect(left).toBeGreaterThan(60_000)

  const { data: nothing, error: refused } = await client.POST(token, { params: { path: { provider: 'teo' } } })
  expect([nothing, refused?.code, refused?.status]).toEqual([undefined, 'scope_missing', 403])
  const { error: malformed } = await client.GET('/api/v1/companies', { params: { query: { cursor: 'x' } } })
  expect(malformed?.code).toBe('cursor_malformed')
  const { error: unknown, response } = await clientWith('pk_x').GET('/api/v1/connections')
  expect([unknown?.code, response.status]).toEqual(['unauthorized', 401])

  const { data: answered, response: through } = await client.POST('/api/v1/connections/{provider}/proxy/{path}', {
    params: { path: { provider: 'teamleader', path: 'companies.list' } },
    body: { page: { size: 2, number: 1 } },
  })
  expect(through.headers.get('porte-cles-answer')).toBe('provider')
  expect((answered as { data: unknown[] }).data).toHaveLength(2)

  // @ts-expect-error no such path: the document holds the types
  await client.GET('/api/v1/nothing')
})
