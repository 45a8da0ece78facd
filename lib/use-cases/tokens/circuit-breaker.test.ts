import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import type { Step } from '#lib/sandbox/control/script.ts'
import {
  type ConnectedTenant,
  connectedTenant,
  inDatabase,
  minute,
  refusal,
} from '#lib/testing/app/connected-tenant.ts'
import { simulateOutage } from '#lib/testing/app/outage-scenario.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeEach(async () => {
  testApp = await openTestApp()
})
afterEach(() => testApp.close())

const unlimited = 1_000_000
const wrongly = { status: 400, body: { error: 'invalid_grant', hint: 'Token has been revoked' }, times: unlimited }

const tenants = (count: number) => Promise.all(Array.from({ length: count }, () => connectedTenant(testApp)))

const heal = (all: ConnectedTenant[]) =>
  Promise.all(all.map(({ script }) => script([{ on: 'token', times: unlimited }])))

const systemEvents = () =>
  inDatabase(testApp, async ({ q, tables: { journal } }) =>
    (await q.select().from(journal).orderBy(asc(journal.at)))
      .map(({ event }) => event)
      .filter((event) => event.startsWith('outage.')),
  )

const minutes = async (count: number) => {
  for (let passed = 0; passed < count; passed += 1) {
    await testApp.app.refreshDueTokens.sweep()
    await testApp.app.refreshDueTokens.refreshDue()
    await testApp.app.refreshDueTokens.refreshDue()
    testApp.clock.move(minute)
  }
}

const states = (all: ConnectedTenant[]) => Promise.all(all.map(async ({ status }) => (await status()).state))

const calls = async (all: ConnectedTenant[]) =>
  (await Promise.all(all.map(({ refreshes }) => refreshes()))).reduce((sum, { length }) => sum + length, 0)

describe('a provider that suddenly refuses the grants of many', () => {
  it('is held for broken itself: probed once a minute, and nobody has to connect again', async () => {
    const all = await tenants(12)
    await testApp.control.script({}, [wrongly])
    testApp.clock.move(60 * minute)
    await minutes(1)
    expect(await systemEvents()).toEqual(['outage.opened'])
    const before = await calls(all)
    await minutes(9)
    expect((await calls(all)) - before).toBeLessThanOrEqual(9)
    expect(await states(all)).not.toContain('reconnect_required')
    for (const { admin } of all) expect((await testApp.incidents(admin)).filter(({ open }) => open)).toEqual([])
    await heal(all)
    await minutes(20)
    expect(new Set(await states(all))).toEqual(new Set(['connected']))
    expect(await systemEvents()).toEqual(['outage.opened', 'outage.closed'])
    await Promise.all(all.map(({ expectSound }) => expectSound(2)))
  })

  it('after it was down: still nobody has to connect again', async () => {
    const all = await tenants(12)
    await testApp.control.script({}, [{ status: 503, times: 40 }, wrongly])
    testApp.clock.move(60 * minute)
    await minutes(15)
    await heal(all)
    await minutes(30)
    expect(new Set(await states(all))).toEqual(new Set(['connected']))
  })

  it('after ten refused probes is believed: what is refused is dead and told, and nothing opens the circuit again', async () => {
    const all = await tenants(12)
    await testApp.control.script({}, [wrongly])
    testApp.clock.move(60 * minute)
    await minutes(10)
    expect(await states(all)).not.toContain('reconnect_required')
    await minutes(20)
    expect(new Set(await states(all))).toEqual(new Set(['reconnect_required']))
    expect(await systemEvents()).toEqual(['outage.opened', 'outage.closed'])
    for (const { admin } of all)
      expect((await testApp.incidents(admin)).filter(({ open }) => open)).toEqual([{ reason: 'revoked', open: true }])
    expect(await testApp.app.store.outages.find('teamleader')).toBeNull()
    expect(await testApp.app.store.incidents.listUnnotified(15_000, 100, testApp.clock.now())).toHaveLength(12)
  })

  it('is an outage again once a refresh has succeeded since', async () => {
    const all = await tenants(6)
    const { outages } = testApp.app.store
    const entry = () => ({
      ...({ at: testApp.clock.now(), tenantId: null, connectionId: null, actor: { kind: 'system' } } as const),
      ...({ event: 'outage.opened', outcome: 'ok', detail: {} } as const),
    })
    await outages.open('teamleader', 'refusals', minute, entry())
    expect(await outages.countRefusedProbe('teamleader', 1, entry())).toBe(true)
    expect(await outages.open('teamleader', 'refusals', minute, entry())).toBe(false)
    testApp.clock.move(60 * minute)
    await all[0]?.obtain()
    expect(await outages.open('teamleader', 'refusals', minute, entry())).toBe(true)
  })

  it('is not what four customers are who removed the integration', async () => {
    const all = await tenants(12)
    for (const { script } of all.slice(0, 4)) await script([{ revoke: true }])
    testApp.clock.move(60 * minute)
    await minutes(5)
    expect(await systemEvents()).toEqual([])
    expect((await states(all)).filter((state) => state === 'reconnect_required')).toHaveLength(4)
    expect((await states(all)).filter((state) => state === 'connected')).toHaveLength(8)
  })
})

describe('a provider that is down', () => {
  it('for an hour is probed once a minute, and hundreds of connections come back by themselves', {
    timeout: 120_000,
  }, async () => {
    const counted = await simulateOutage(200)
    // eight at once, and one more for each of the four failures before the fifth one opens the circuit
    expect(counted.callsInTheHour).toBeLessThanOrEqual(8 + 4 + 60)
  })

  it.each<[string, Step]>([
    ['answers 503', { status: 503 }],
    ['is behind a firewall that answers 403', { status: 403, body: '<html>' }],
    ['is behind a gateway that answers 404', { status: 404, body: { message: 'Not Found' } }],
  ])(
    'and %s gives callers a reason and a time to come back, and serves tokens that are still good',
    async (_, step) => {
      const all = await tenants(6)
      await testApp.control.script({}, [{ ...step, times: unlimited }])
      testApp.clock.move(59 * minute)
      await minutes(1)
      expect(await systemEvents()).toEqual(['outage.opened'])
      const [tenant] = all as [ConnectedTenant]
      testApp.clock.move(2 * minute)
      await expect(tenant.obtain()).rejects.toMatchObject({
        code: 'provider_unavailable',
        evidence: { retryAfterS: expect.any(Number) },
      })
    },
  )

  it('when we start: we start, serve what is good, and name the reason', async () => {
    const tenant = await connectedTenant(testApp)
    const { clock, env } = testApp
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    await new Promise((done) => closed.close(done))
    const url = `http://127.0.0.1:${port}`
    const nowhere = { ...env, teamleader: { oauthUrl: url, apiUrl: url, sharedClients: [] } }
    const app = await createContainer(nowhere, { clock })
    const request = { tenantId: tenant.admin.tenantId, provider: 'teamleader', minTtlMs: 0 } as const
    expect((await app.getAccessToken.obtain(request)).version).toBe(1)
    clock.move(61 * minute)
    await expect(app.getAccessToken.obtain(request)).rejects.toEqual(refusal('provider_unavailable'))
    const { status, authStatus } = await testApp.record(tenant.admin)
    expect(status).toMatchObject({ state: 'degraded', reason: 'provider_unavailable' })
    expect(authStatus?.text).toBe('Failed, No response')
    expect((await tenant.row()).intentFingerprint).toBeNull()
    await app.close()
    clock.move(minute)
    expect((await tenant.obtain()).version).toBe(2)
    await tenant.expectSound(2)
  })
})
