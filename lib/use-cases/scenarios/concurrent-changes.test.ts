import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marie } from '#lib/sandbox/teamleader/seeds.ts'
import { type ConnectedTenant, connectedTenant, minute, refusal } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

/** A tenant whose refresh has reached the provider, which answers in a moment. */
const refreshing = async () => {
  const tenant = await connectedTenant(testApp)
  await tenant.script([{ delay_before: 400 }])
  testApp.clock.move(61 * minute)
  const asked = tenant.obtain()
  asked.catch(() => {})
  await tenant.underWay()
  return { ...tenant, asked }
}

const events = async ({ admin }: ConnectedTenant) => testApp.journal(admin)

describe('while a refresh is under way', () => {
  it('a pause keeps the answer, hands it to nobody, and costs no further call', async () => {
    const tenant = await refreshing()
    await tenant.save({ enabled: false })
    await expect(tenant.asked).rejects.toEqual(refusal('connection_disabled'))
    expect((await tenant.row()).generation).toBe(2)
    expect(await events(tenant)).toContain('token.refreshed ok')
    await tenant.expectSound(2)
    await tenant.save({ enabled: true })
    expect((await tenant.obtain()).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(1)
  })

  it('a pause is not refreshed later, nor looked at again and again', async () => {
    const tenant = await refreshing()
    await tenant.save({ enabled: false })
    await tenant.asked.catch(() => {})
    testApp.clock.move(26 * 60 * minute)
    await testApp.work()
    expect((await tenant.row()).refreshDueAt).toBeNull()
    expect(await tenant.refreshes()).toHaveLength(1)
    await tenant.save({ enabled: true })
    await testApp.work()
    expect(await tenant.refreshes()).toHaveLength(2)
    await tenant.expectSound(3)
  })

  it('a pause beside a failure keeps the tokens, and goes on when switched on', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ delay_before: 400, status: 503 }])
    testApp.clock.move(61 * minute)
    const asked = tenant.obtain()
    asked.catch(() => {})
    await tenant.underWay()
    await tenant.save({ enabled: false })
    await expect(asked).rejects.toEqual(refusal('connection_disabled'))
    testApp.clock.move(20 * minute)
    await testApp.work()
    expect(await tenant.refreshes()).toHaveLength(1)
    await tenant.save({ enabled: true })
    await testApp.work()
    expect((await tenant.obtain()).version).toBe(2)
    await tenant.expectSound(2)
  })

  it('a new secret keeps the answer, and the next refresh uses it', async () => {
    const tenant = await refreshing()
    await testApp.control.integrate({ ...tenant.integration, clientSecret: 'b'.repeat(32) })
    await tenant.save({ secret: 'b'.repeat(32) })
    await tenant.asked.catch(() => {})
    testApp.clock.move(61 * minute)
    await testApp.work()
    const { version } = await tenant.obtain()
    expect(version).toBeGreaterThanOrEqual(2)
    expect(await tenant.status()).toMatchObject({ state: 'connected' })
    await tenant.expectSound(2)
  })

  it('another Client ID in the form keeps the answer, and the tokens stay those of their own client', async () => {
    const tenant = await refreshing()
    const other = await testApp.control.integrate({ redirectUris: [testApp.callback] })
    await tenant.save({ integration: other, secret: other.clientSecret })
    expect((await tenant.asked).version).toBe(2)
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(3)
    expect(await tenant.refreshes()).toHaveLength(2)
    expect((await testApp.control.journal(other.clientId)).requests).toEqual([])
    await tenant.expectSound(3)
  })

  it('« Déconnecter » drops the answer, and says so', async () => {
    const tenant = await refreshing()
    await testApp.app.disconnect(tenant.admin, 'teamleader')
    await expect(tenant.asked).rejects.toEqual(refusal('not_connected'))
    const journal = await events(tenant)
    expect(journal).toContain('token.dropped ok')
    expect(journal).not.toContain('token.refreshed ok')
    expect(await tenant.status()).toMatchObject({ state: 'awaiting_authorization' })
    await expect(tenant.obtain()).rejects.toEqual(refusal('not_connected'))
  })

  it('a promotion drops the answer, says so, and hands the new token to who was waiting', async () => {
    const tenant = await refreshing()
    const nonce = testApp.app.random.secret()
    const state = await testApp.app.startAuthorization.begin(tenant.admin, 'teamleader', nonce)
    const code = await testApp.code(tenant.integration.clientId, testApp.callback, marie.email)
    const result = await testApp.app.handleCallback.withCode(
      { provider: 'teamleader', state, nonce, user: tenant.admin },
      code,
    )
    expect(result.kind).toBe('connected')
    expect((await tenant.asked).version).toBe(1)
    expect(await events(tenant)).toContain('token.dropped ok')
    expect((await tenant.obtain()).version).toBe(1)
  })

  it('an identity that is read meanwhile stays known', async () => {
    const { admin, integration } = await testApp.configuredTenant()
    const { clientId } = integration
    await testApp.control.script({ clientId }, [{ on: 'users.me', status: 503 }])
    const nonce = testApp.app.random.secret()
    const state = await testApp.app.startAuthorization.begin(admin, 'teamleader', nonce)
    const code = await testApp.code(clientId)
    await testApp.app.handleCallback.withCode({ provider: 'teamleader', state, nonce, user: admin }, code)
    expect((await testApp.record(admin)).status).toMatchObject({ state: 'degraded', reason: 'identity_unknown' })
    await testApp.control.script({ clientId }, [{ delay_before: 400 }])
    testApp.clock.move(40 * minute)
    const request = { tenantId: admin.tenantId, provider: 'teamleader', minTtlMs: 30 * minute } as const
    const asked = testApp.app.getAccessToken.obtain(request)
    while ((await testApp.control.journal(clientId)).token_requests_in_flight === 0) await new Promise(setImmediate)
    await testApp.app.resolveCandidate.resolve(admin.tenantId, 'teamleader', true)
    expect((await testApp.record(admin)).status).toMatchObject({ state: 'connected', reason: null })
    expect((await asked).version).toBe(2)
    expect((await testApp.record(admin)).status).toMatchObject({ state: 'connected', reason: null })
  })

  it('an end of the process leaves nothing half done', async () => {
    const own = await openTestApp()
    const tenant = await connectedTenant(own)
    await tenant.script([{ delay_before: 400 }])
    own.clock.move(61 * minute)
    const asked = tenant.obtain()
    await tenant.underWay()
    const finished = own.app.finishRefreshes()
    await expect(tenant.obtain()).resolves.toMatchObject({ version: 2 })
    await finished
    expect((await asked).version).toBe(2)
    own.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('provider_unavailable'))
    expect(await tenant.refreshes()).toHaveLength(1)
    await tenant.expectSound(2)
    await own.close()
  })

  it('an end of the process replays no lost answer: the intent is left to the next', async () => {
    const own = await openTestApp()
    const tenant = await connectedTenant(own)
    await tenant.script([{ delay_before: 400, commit_then_drop: true }])
    own.clock.move(61 * minute)
    const asked = tenant.obtain()
    asked.catch(() => {})
    await tenant.underWay()
    await own.app.finishRefreshes()
    await expect(asked).rejects.toEqual(refusal('provider_unavailable'))
    expect(await tenant.refreshes()).toHaveLength(1)
    expect((await tenant.row()).intentFingerprint).not.toBeNull()
    await tenant.expectSound()
    await own.close()
  })
})
