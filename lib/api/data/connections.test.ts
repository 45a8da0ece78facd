import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { dataClient } from '#lib/testing/api/data-client.ts'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
let apiClient: ApiClient
let client: ReturnType<typeof dataClient>
beforeAll(async () => {
  testApp = await openTestApp()
  apiClient = await openApiClient(testApp)
  client = dataClient(testApp, apiClient.url)
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})

const stateOf = async (key: string, provider = 'teamleader') =>
  (await (await client.get(key, `connections/${provider}`)).json()) as Record<string, unknown>

test('a connection is told with its state, why, and since when', async () => {
  const admin: Admin = await testApp.addAdmin()
  const key = await client.keyFor(admin.tenantId)
  const nothing = { provider: 'teamleader', state: 'unconfigured', reason: null, since: null, enabled: true }
  expect(await stateOf(key)).toMatchObject({ state: 'unconfigured', reason: null })
  const teo = await client.keyFor(admin.tenantId, ['teo:token'])
  expect(await stateOf(teo, 'teo')).toEqual({ ...nothing, provider: 'teo' })

  const { admin: connected, integration } = await testApp.connected()
  const other = await client.keyFor(connected.tenantId)
  const since = testApp.clock.now().toISOString()
  expect(await stateOf(other)).toEqual({ ...nothing, state: 'connected', since })

  testApp.clock.pass(1_000)
  await testApp.app.switchConnection(connected, 'teamleader', false)
  const paused = { state: 'disabled', reason: 'paused', enabled: false, since: testApp.clock.now().toISOString() }
  expect(await stateOf(other)).toMatchObject(paused)
  await testApp.app.switchConnection(connected, 'teamleader', true)

  await testApp.control.script({ clientId: integration.clientId }, [{ revoke: true }])
  testApp.clock.pass(61 * 60_000)
  await testApp.work()
  expect(await stateOf(other)).toMatchObject({ state: 'reconnect_required', enabled: true })
})

test('any scope of a provider opens its state, and no other’s', async () => {
  const { admin } = await testApp.connected()
  for (const scope of ['teamleader:token', 'teamleader:data:read']) {
    const key = await client.keyFor(admin.tenantId, [scope])
    const { data } = (await (await client.get(key, 'connections')).json()) as { data: { provider: string }[] }
    expect(data.map(({ provider }) => provider)).toEqual(['teamleader'])
    expect((await client.get(key, 'connections/teo')).status).toBe(403)
    expect((await client.get(key, 'connections/other')).status).toBe(404)
  }
})
