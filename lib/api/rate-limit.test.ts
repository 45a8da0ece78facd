import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
let apiClient: ApiClient
beforeAll(async () => {
  testApp = await openTestApp({ API_CALLS_PER_SECOND: '2', API_PROXY_CALLS_PER_SECOND: '1' })
  apiClient = await openApiClient(testApp)
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})

test('a key that asks too often is told when to ask again; others are not kept waiting', async () => {
  const { admin } = await testApp.connected()
  const [key, other] = [await apiClient.keyOf(admin), await apiClient.keyOf(admin)]
  const first = await apiClient.ask(key)
  expect(first.headers.get('ratelimit-policy')).toBe('"calls";q=2;w=1')
  expect(first.headers.get('ratelimit')).toBe('"calls";r=1;t=1')
  const answers = await Promise.all(Array.from({ length: 20 }, () => apiClient.ask(key)))
  const late = answers.find(({ status }) => status === 429)
  expect(late?.json).toMatchObject({ code: 'rate_limited', status: 429 })
  expect(late?.headers.get('retry-after')).toBe('1')
  expect(late?.headers.get('ratelimit')).toBe('"calls";r=0;t=1')
  expect((await apiClient.ask(other)).status).toBe(200)
  // by its clock the key has a second's calls again
  testApp.clock.age(1_000)
  expect((await apiClient.ask(key)).status).toBe(200)
})

test('whoever has not the key spends none of its calls', async () => {
  const { admin } = await testApp.connected()
  const key = await apiClient.keyOf(admin)
  const guess = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`
  for (let time = 0; time < 5; time += 1) expect((await apiClient.ask(guess)).status).toBe(401)
  expect((await apiClient.ask(key)).headers.get('ratelimit')).toBe('"calls";r=1;t=1')
})

test('calls through the proxy have a limit of their own', async () => {
  const { admin } = await testApp.connected()
  const key = await apiClient.create(admin.tenantId, ['teamleader:proxy', 'teamleader:token'])
  const ask = () =>
    fetch(`${apiClient.url}/api/v1/connections/teamleader/proxy/companies.list`, {
      headers: { authorization: `Bearer ${key}` },
    })
  const answers = await Promise.all([ask(), ask(), ask()])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429])
  const late = answers.find(({ status }) => status === 429)
  expect(late?.headers.get('porte-cles-answer')).toBe('porte-cles')
  expect(late?.headers.get('ratelimit-policy')).toBe('"proxy";q=1;w=1')
  expect((await apiClient.ask(key)).status).toBe(200)
})
