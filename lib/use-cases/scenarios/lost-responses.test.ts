import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withConsent } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Step } from '#lib/sandbox/control/script.ts'
import { connectedTenant, minute, refusal } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

describe('an answer that is lost after the provider acted', () => {
  it.each<[string, Step]>([
    ['dropped', { commit_then_drop: true }],
    ['a 200 of HTML', { commit_then_html: true }],
    ['a 200 of nothing', { commit: true, body: '' }],
    ['a 200 of half a JSON', { commit: true, body: '{"access_token":"abc","refr' }],
    ['a 200 with a control character in a token', { set: { refresh_token: 'abc\ndef' } }],
  ])('(%s) is asked for once more, then named, and told to no other tenant', async (_, step) => {
    const [tenant, neighbour] = [await connectedTenant(testApp), await connectedTenant(testApp)]
    const untouched = [await neighbour.row(), await testApp.record(neighbour.admin)]
    await tenant.script([step])
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
    const asked = await tenant.refreshes()
    expect(asked).toHaveLength(2)
    expect(new Set(asked.map(({ token }) => token)).size).toBe(1)
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    expect(await testApp.journal(tenant.admin)).toContain('token.refused lost_response')
    expect(await testApp.incidents(tenant.admin)).toEqual([{ reason: 'lost_response', open: true }])
    await tenant.expectSound()
    expect([await neighbour.row(), await testApp.record(neighbour.admin)]).toEqual(untouched)
  })

  it('is saved by the replay while the provider lets a spent token pass', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ grace: 5_000 }, { commit_then_drop: true }])
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(2)
    expect(await tenant.status()).toMatchObject({ state: 'connected', attempts: 0 })
    await tenant.expectSound(2)
  })

  it('because we hung up on it, at its 64 KiB or after five minutes, is not asked for beside it', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ commit: true, huge: 1_000_000 }])
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('provider_unavailable'))
    expect(await tenant.refreshes()).toHaveLength(1)
    expect(await tenant.status()).toMatchObject({ state: 'degraded', reason: 'provider_unavailable' })
    expect((await tenant.row()).intentFingerprint).not.toBeNull()
    testApp.clock.move(minute)
    await testApp.app.refreshDueTokens.refreshDue()
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    await tenant.expectSound()
  })

  it('twice keeps the intent, and the next refusal is named by it', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ commit_then_drop: true }, { reset_before: true }])
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('provider_unavailable'))
    expect(await tenant.status()).toMatchObject({ state: 'degraded', reason: 'provider_unavailable' })
    expect((await tenant.row()).intentFingerprint).not.toBeNull()
    testApp.clock.move(minute)
    await testApp.app.refreshDueTokens.refreshDue()
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    expect(await tenant.refreshes()).toHaveLength(3)
    await tenant.expectSound()
  })

  it('is not renamed by « Réessayer maintenant », whatever the provider says meanwhile', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ commit_then_drop: true }])
    testApp.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
    const retry = () => testApp.app.assistConnection.retry(tenant.admin, 'teamleader')
    await retry()
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    await tenant.script([{ status: 429 }])
    await retry()
    expect(await tenant.status()).toMatchObject({ state: 'degraded', reason: 'provider_throttled' })
    await retry()
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    expect(await testApp.journal(tenant.admin)).toContain('connection.retried lost_response')
    expect(await testApp.journal(tenant.admin)).not.toContain('token.refused revoked')
    await tenant.expectSound()
  })

  it('leaves the token that is still good served until it ends or is first refused', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ commit_then_drop: true }])
    testApp.clock.move(59 * minute)
    const { accessToken, version } = await tenant.obtain()
    expect((await tenant.obtain()).accessToken).toBe(accessToken)
    expect(await tenant.refreshes()).toHaveLength(2)
    const request = { tenantId: tenant.admin.tenantId, provider: 'teamleader', minTtlMs: 0 } as const
    await expect(testApp.app.reportRejectedToken.report(request, version)).rejects.toEqual(
      refusal('reconnect_required'),
    )
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
    expect(await tenant.refreshes()).toHaveLength(2)
  })
})

describe('an answer that takes longer than callers wait', () => {
  it('is read by the holder, who keeps its lease, and is stored', { timeout: 60_000 }, async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ delay_after: 26_000 }])
    testApp.clock.move(61 * minute)
    const asked = tenant.obtain().catch((error: unknown) => error)
    await tenant.underWay()
    const { leaseUntil: taken } = await tenant.row()
    testApp.clock.move(1_000)
    expect(await asked).toMatchObject({ code: 'provider_unavailable', evidence: { retryAfterS: 5 } })
    expect((await tenant.row()).leaseUntil?.getTime()).toBe((taken?.getTime() ?? 0) + 1_000)
    expect((await tenant.obtain()).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(1)
    expect(await tenant.status()).toMatchObject({ state: 'connected', attempts: 0 })
    await tenant.expectSound(2)
  })
})

describe('a process that died in the middle', () => {
  /** The rows as a killed process leaves them: its lease, and its intent if it had come so far. */
  const diedIn = async (at: 'lease' | 'intent' | 'sent') => {
    const tenant = await connectedTenant(testApp)
    testApp.clock.move(61 * minute)
    const { tokens } = testApp.app.store
    const seen = await tokens.read(tenant.admin.tenantId, 'teamleader', testApp.clock.now())
    if (!seen) throw new Error('the tenant has no token set')
    await tokens.takeLease(seen.tokenSetId, 'dead', minute, testApp.clock.now())
    if (at === 'lease') return tenant
    const { sealedRefreshToken, version, tokenSetId: row } = seen
    const context = { purpose: 'refresh_token', tenant: seen.tenantId, row, generation: version } as const
    const refreshToken = (await testApp.app.vault.open(sealedRefreshToken, context)) ?? ''
    const print = testApp.app.random.hash(refreshToken)
    await tokens.openIntent({ tokenSet: seen, owner: 'dead' }, print, testApp.clock.now())
    if (at === 'intent') return tenant
    const secret = { clientId: tenant.integration.clientId, clientSecret: tenant.integration.clientSecret }
    await withConsent(testApp.app.providers.teamleader).refresh({ ...secret, refreshToken, target: null })
    return tenant
  }

  it.each<['lease' | 'intent' | 'sent', 'connected' | FailureCode]>([
    ['lease', 'connected'],
    ['intent', 'connected'],
    ['sent', 'lost_response'],
  ])('having come to its %s is settled by the sweep once its lease is over: %s', async (at, outcome) => {
    const tenant = await diedIn(at)
    await testApp.app.refreshDueTokens.sweep()
    const before = (await tenant.refreshes()).length
    testApp.clock.move(minute + 1)
    await testApp.app.refreshDueTokens.sweep()
    await testApp.app.refreshDueTokens.refreshDue()
    expect((await tenant.refreshes()).length).toBe(before + 1)
    const { state, reason } = await tenant.status()
    expect(reason ?? state).toBe(outcome)
    await tenant.expectSound()
  })
})
