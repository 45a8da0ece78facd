import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { minute, tenantAtWork } from '#lib/testing/app/connected-tenant.ts'
import { type Office, openOffice } from '#lib/testing/app/test-app.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const hour = 60 * minute
const day = 24 * hour

describe('a clock that jumps', () => {
  test('an hour back: a token that has ended is not handed out, and is refreshed once', async () => {
    const tenant = await tenantAtWork(office)
    expect((await tenant.obtain()).version).toBe(1)
    office.clock.pass(50 * minute)
    office.clock.move(-hour)
    // still alive, and known to be
    expect((await tenant.obtain()).version).toBe(1)
    expect(await tenant.refreshes()).toHaveLength(0)
    office.clock.pass(11 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    for (let n = 0; n < 5; n += 1) {
      office.clock.pass(minute)
      expect((await tenant.obtain()).version).toBe(2)
    }
    expect(await tenant.refreshes()).toHaveLength(1)
    office.clock.move(hour)
  })

  test('a day ahead and back again: one refresh for each, and none that was not needed', async () => {
    const tenant = await tenantAtWork(office)
    await tenant.obtain()
    office.clock.move(day)
    for (let n = 0; n < 5; n += 1) expect((await tenant.obtain()).version).toBe(2)
    await office.work()
    office.clock.move(-day)
    for (let n = 0; n < 5; n += 1) expect((await tenant.obtain()).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(1)
    office.clock.pass(61 * minute)
    expect((await tenant.obtain()).version).toBe(3)
    expect(await tenant.refreshes()).toHaveLength(2)
  })

  test('back before this process knew the token: one that claims more life than it was given is not believed', async () => {
    const tenant = await tenantAtWork(office)
    office.clock.move(-day)
    const other = await createContainer(office.env, { clock: office.clock, monotonicMs: office.clock.monotonicMs })
    const request = { tenantId: tenant.admin.tenantId, provider: 'teamleader', minTtlMs: 0 } as const
    for (let n = 0; n < 3; n += 1) expect((await other.getAccessToken.obtain(request)).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(1)
    await other.close()
    office.clock.move(day)
  })

  test('an hour back during a pause after a failure: the pause is not an hour longer', async () => {
    const tenant = await tenantAtWork(office)
    await tenant.obtain()
    office.clock.pass(61 * minute)
    await office.control.script({ clientId: tenant.integration.clientId }, [{ status: 503 }])
    await tenant.obtain().catch(() => {})
    await tenant.obtain().catch(() => {})
    expect(await tenant.refreshes()).toHaveLength(1)
    office.clock.move(-hour)
    office.clock.pass(2 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    office.clock.move(hour)
  })

  test('the end of a token is told alike at every call', async () => {
    const tenant = await tenantAtWork(office)
    const first = await tenant.obtain()
    office.clock.pass(minute)
    office.clock.move(-10_000)
    expect((await tenant.obtain()).expiresAt).toEqual(first.expiresAt)
    office.clock.move(10_000)
  })
})
