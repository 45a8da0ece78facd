import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { connectedTenant, minute } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const hour = 60 * minute
const day = 24 * hour

describe('a clock that jumps', () => {
  test('an hour back: a token that has ended is not handed out, and is refreshed once', async () => {
    const tenant = await connectedTenant(testApp)
    expect((await tenant.obtain()).version).toBe(1)
    testApp.clock.pass(50 * minute)
    testApp.clock.move(-hour)
    // still alive, and known to be
    expect((await tenant.obtain()).version).toBe(1)
    expect(await tenant.refreshes()).toHaveLength(0)
    testApp.clock.pass(11 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    for (let n = 0; n < 5; n += 1) {
      testApp.clock.pass(minute)
      expect((await tenant.obtain()).version).toBe(2)
    }
    expect(await tenant.refreshes()).toHaveLength(1)
    testApp.clock.move(hour)
  })

  test('a day ahead and back again: one refresh for each, and none that was not needed', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.obtain()
    testApp.clock.move(day)
    for (let n = 0; n < 5; n += 1) expect((await tenant.obtain()).version).toBe(2)
    await testApp.work()
    testApp.clock.move(-day)
    for (let n = 0; n < 5; n += 1) expect((await tenant.obtain()).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(1)
    testApp.clock.pass(61 * minute)
    expect((await tenant.obtain()).version).toBe(3)
    expect(await tenant.refreshes()).toHaveLength(2)
  })

  test('back before this process knew the token: one that claims more life than it was given is not believed', async () => {
    const tenant = await connectedTenant(testApp)
    testApp.clock.move(-day)
    const other = await createContainer(testApp.env, { clock: testApp.clock, monotonicMs: testApp.clock.monotonicMs })
    const request = { tenantId: tenant.admin.tenantId, provider: 'teamleader', minTtlMs: 0 } as const
    for (let n = 0; n < 3; n += 1) expect((await other.getAccessToken.obtain(request)).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(1)
    await other.close()
    testApp.clock.move(day)
  })

  test('an hour back during a pause after a failure: the pause is not an hour longer', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.obtain()
    testApp.clock.pass(61 * minute)
    await testApp.control.script({ clientId: tenant.integration.clientId }, [{ status: 503 }])
    await tenant.obtain().catch(() => {})
    await tenant.obtain().catch(() => {})
    expect(await tenant.refreshes()).toHaveLength(1)
    testApp.clock.move(-hour)
    testApp.clock.pass(2 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    testApp.clock.move(hour)
  })

  test('the end of a token is told alike at every call', async () => {
    const tenant = await connectedTenant(testApp)
    const first = await tenant.obtain()
    testApp.clock.pass(minute)
    testApp.clock.move(-10_000)
    expect((await tenant.obtain()).expiresAt).toEqual(first.expiresAt)
    testApp.clock.move(10_000)
  })
})
