import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ConnectedTenant, connectedTenant, minute, refusal } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeEach(async () => {
  testApp = await openTestApp()
})
afterEach(() => testApp.close())

const operator = { kind: 'operator' } as const

const quarantine = () => {
  const now = testApp.clock.now()
  return testApp.app.store.restores.quarantine({ restoredAt: now, behind: null, now })
}

const tenants = (count: number) => Promise.all(Array.from({ length: count }, () => connectedTenant(testApp)))

const resume = ({ admin }: ConnectedTenant) =>
  testApp.app.resumeRestored.resume(admin.tenantId, 'teamleader', { kind: 'user', userId: admin.id })

const restoredAt = async ({ admin }: ConnectedTenant) => (await testApp.record(admin)).restoredAt

const disabled = { code: 'connection_disabled', evidence: { reason: 'restored' } }

/** The refresh token of the row is used by somebody else, as by what ran after the backup. */
const spend = async (tenant: ConnectedTenant) => {
  await testApp.control.script({ clientId: tenant.integration.clientId }, [{ revoke: true }])
}

describe('a connection that came from a backup', () => {
  it('is served while its access token lives, and is never refreshed, whoever asks', async () => {
    const [tenant] = (await tenants(1)) as [ConnectedTenant]
    expect(await quarantine()).toBe(1)
    expect((await tenant.obtain()).version).toBe(1)
    testApp.clock.move(61 * minute)
    await testApp.work()
    await expect(tenant.obtain()).rejects.toMatchObject(disabled)
    await testApp.app.refreshDueTokens.refreshNow(tenant.admin.tenantId, 'teamleader')
    await tenant.save({ enabled: false })
    await tenant.save({ enabled: true })
    await testApp.work()
    expect(await tenant.refreshes()).toEqual([])
    expect(await testApp.journal(tenant.admin)).toContain('connection.quarantined ok')
    expect(await testApp.view(tenant.admin)).toMatchObject({ headline: 'restored', problem: null })
  })

  it('hands out no token that was reported as refused', async () => {
    const [tenant] = (await tenants(1)) as [ConnectedTenant]
    await quarantine()
    const request = { tenantId: tenant.admin.tenantId, provider: 'teamleader', minTtlMs: 0 } as const
    await expect(testApp.app.reportRejectedToken.report(request, 1)).rejects.toMatchObject(disabled)
    await expect(tenant.obtain()).rejects.toMatchObject(disabled)
    expect(await tenant.refreshes()).toEqual([])
    expect((await tenant.status()).state).toBe('connected')
  })

  it('works again when it is resumed and its refresh token was not used', async () => {
    const [tenant] = (await tenants(1)) as [ConnectedTenant]
    await quarantine()
    testApp.clock.move(61 * minute)
    await Promise.all([resume(tenant), resume(tenant)])
    expect(await tenant.refreshes()).toHaveLength(1)
    expect(await restoredAt(tenant)).toBeNull()
    expect((await tenant.obtain()).version).toBe(2)
    expect((await testApp.journal(tenant.admin)).filter((entry) => entry === 'connection.resumed ok')).toHaveLength(1)
    await tenant.expectSound(2)
  })

  it('is to be reconnected when it is resumed and refused, and only then is anybody told', async () => {
    const [tenant] = (await tenants(1)) as [ConnectedTenant]
    await spend(tenant)
    await quarantine()
    testApp.clock.move(61 * minute)
    await testApp.work()
    const unnotified = () => testApp.app.store.incidents.listUnnotified(15_000, 10, testApp.clock.now())
    expect(await unnotified()).toEqual([])
    await resume(tenant)
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    testApp.clock.move(minute)
    expect(await unnotified()).toHaveLength(1)
  })

  it('of a state that nobody was told of tells nobody', async () => {
    const [tenant] = (await tenants(1)) as [ConnectedTenant]
    await spend(tenant)
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
    await quarantine()
    testApp.clock.move(20 * minute)
    await testApp.work()
    const { incidents } = testApp.app.store
    expect(await incidents.listUnnotified(15_000, 10, testApp.clock.now())).toEqual([])
    const { count, restored } = await incidents.digest(10, 24 * 60 * minute, testApp.clock.now())
    expect({ count, restored: restored.count }).toEqual({ count: 0, restored: 1 })
  })

  it('is one like any other once it is reconnected', async () => {
    const [tenant] = (await tenants(1)) as [ConnectedTenant]
    await spend(tenant)
    await quarantine()
    await testApp.connect(tenant.admin, tenant.integration)
    expect(await restoredAt(tenant)).toBeNull()
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(2)
  })

  it('forgets what was under way when the backup was made', async () => {
    const [tenant] = (await tenants(1)) as [ConnectedTenant]
    const { admin } = tenant
    const { outages, deliveries } = testApp.app.store
    const now = testApp.clock.now()
    const entry = {
      at: now,
      tenantId: null,
      connectionId: null,
      actor: { kind: 'system' },
      outcome: 'ok',
      detail: {},
    } as const
    await outages.open('teamleader', 'no_answer', minute, { ...entry, event: 'outage.opened' })
    const mail = {
      channel: 'mail',
      kind: 'digest',
      tenantId: null,
      userId: admin.id,
      onceKey: 'x',
      payload: {},
    } as const
    await deliveries.add([mail], { now, entry: null })
    await quarantine()
    expect(await outages.find('teamleader')).toBeNull()
    expect(await deliveries.claimDue(10, minute, testApp.clock.now())).toEqual([])
  })
})

describe('« Tout reprendre »', () => {
  it('tries all of them in the background, and is pressed as often as one likes', async () => {
    const all = await tenants(3)
    const [spent, paused] = all as [ConnectedTenant, ConnectedTenant]
    await spend(spent)
    await paused.save({ enabled: false })
    await quarantine()
    testApp.clock.move(61 * minute)
    const pressed = await Promise.all([
      testApp.app.resumeRestored.resumeAll(operator),
      testApp.app.resumeRestored.resumeAll(operator),
    ])
    expect(pressed.reduce((sum, count) => sum + count, 0)).toBe(3)
    expect(await testApp.app.store.restores.countRestored()).toEqual({ count: 0, from: null })
    await testApp.work()
    const states = await Promise.all(all.map(async ({ status }) => (await status()).state))
    expect(states).toEqual(['reconnect_required', 'connected', 'connected'])
    expect((await spent.status()).reason).toBe('lost_response')
    expect(await paused.refreshes()).toEqual([])
  })

  it('of a backup whose tokens were all used ends in connections to reconnect, not in an outage', async () => {
    const all = await tenants(8)
    await Promise.all(all.map(spend))
    await quarantine()
    testApp.clock.move(61 * minute)
    await testApp.app.resumeRestored.resumeAll(operator)
    for (let passed = 0; passed < 20; passed += 1) {
      await testApp.work()
      testApp.clock.move(minute)
    }
    const reasons = await Promise.all(all.map(async ({ status }) => (await status()).reason))
    expect(new Set(reasons)).toEqual(new Set(['lost_response']))
    expect(await testApp.app.store.outages.find('teamleader')).toBeNull()
  })
})
