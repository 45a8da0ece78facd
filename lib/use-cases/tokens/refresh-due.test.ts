import { afterEach, beforeEach, expect, it } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeEach(async () => {
  testApp = await openTestApp()
})
afterEach(() => testApp.close())

const minute = 60_000

const refreshes = async (clientId: string) =>
  (await testApp.control.journal(clientId)).requests.filter(({ grant_type }) => grant_type === 'refresh_token').length

it('two workers share what is due: each connection is refreshed once, and both have work', async () => {
  const tenants = await Promise.all(Array.from({ length: 24 }, () => testApp.connected()))
  const other = await createContainer(testApp.env, { clock: testApp.clock, monotonicMs: testApp.clock.monotonicMs })
  testApp.clock.pass(25 * 60 * minute)
  const counts = await Promise.all([testApp.app.refreshDueTokens.refreshDue(), other.refreshDueTokens.refreshDue()])
  expect(counts[0] + counts[1]).toBe(24)
  expect(Math.min(...counts)).toBeGreaterThan(0)
  const asked = await Promise.all(tenants.map(({ integration }) => refreshes(integration.clientId)))
  expect(asked).toEqual(tenants.map(() => 1))
  await other.close()
})

it('what a worker claimed and died with is refreshed a minute later, by whoever comes', async () => {
  const { integration } = await testApp.connected()
  testApp.clock.pass(25 * 60 * minute)
  const { store } = testApp.app
  expect(await store.tokens.claimDue('teamleader', 8, minute, testApp.clock.now())).toHaveLength(1)
  await testApp.app.refreshDueTokens.refreshDue()
  expect(await refreshes(integration.clientId)).toBe(0)
  testApp.clock.pass(minute)
  await testApp.app.refreshDueTokens.refreshDue()
  expect(await refreshes(integration.clientId)).toBe(1)
})
