import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withConsent } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Step } from '#lib/sandbox/control/script.ts'
import { minute, refusal, tenantAtWork } from '#lib/testing/app/connected-tenant.ts'
import { type Office, openOffice } from '#lib/testing/app/test-app.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

describe('an answer that is lost after the provider acted', () => {
  it.each<[string, Step]>([
    ['dropped', { commit_then_drop: true }],
    ['a 200 of HTML', { commit_then_html: true }],
    ['a 200 of nothing', { commit: true, body: '' }],
    ['a 200 of half a JSON', { commit: true, body: '{"access_token":"abc","refr' }],
    ['a 200 with a control character in a token', { set: { refresh_token: 'abc\ndef' } }],
    ['a 200 of a megabyte', { commit: true, huge: 1_000_000 }],
  ])('(%s) is asked for once more, then named, and told to no other tenant', async (_, step) => {
    const [tenant, neighbour] = [await tenantAtWork(office), await tenantAtWork(office)]
    const untouched = [await neighbour.row(), await office.record(neighbour.admin)]
    await tenant.script([step])
    office.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
    const asked = await tenant.refreshes()
    expect(asked).toHaveLength(2)
    expect(new Set(asked.map(({ token }) => token)).size).toBe(1)
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    expect(await office.journal(tenant.admin)).toContain('token.refused lost_response')
    expect(await office.incidents(tenant.admin)).toEqual([{ reason: 'lost_response', open: true }])
    await tenant.expectSound()
    expect([await neighbour.row(), await office.record(neighbour.admin)]).toEqual(untouched)
  })

  it('is saved by the replay while the provider lets a spent token pass', async () => {
    const tenant = await tenantAtWork(office)
    await tenant.script([{ grace: 5_000 }, { commit_then_drop: true }])
    office.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(2)
    expect(await tenant.status()).toMatchObject({ state: 'connected', attempts: 0 })
    await tenant.expectSound(2)
  })

  it('twice keeps the intent, and the next refusal is named by it', async () => {
    const tenant = await tenantAtWork(office)
    await tenant.script([{ commit_then_drop: true }, { reset_before: true }])
    office.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('provider_unavailable'))
    expect(await tenant.status()).toMatchObject({ state: 'degraded', reason: 'provider_unavailable' })
    expect((await tenant.row()).intentFingerprint).not.toBeNull()
    office.clock.move(minute)
    await office.app.refreshDueTokens.refreshDue()
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    expect(await tenant.refreshes()).toHaveLength(3)
    await tenant.expectSound()
  })

  it('is not renamed by « Réessayer maintenant », whatever the provider says meanwhile', async () => {
    const tenant = await tenantAtWork(office)
    await tenant.script([{ commit_then_drop: true }])
    office.clock.move(61 * minute)
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
    const retry = () => office.app.assistConnection.retry(tenant.admin, 'teamleader')
    await retry()
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    await tenant.script([{ status: 429 }])
    await retry()
    expect(await tenant.status()).toMatchObject({ state: 'degraded', reason: 'provider_throttled' })
    await retry()
    expect(await tenant.status()).toMatchObject({ state: 'reconnect_required', reason: 'lost_response' })
    expect(await office.journal(tenant.admin)).toContain('connection.retried lost_response')
    expect(await office.journal(tenant.admin)).not.toContain('token.refused revoked')
    await tenant.expectSound()
  })

  it('leaves the token that is still good served until it ends or is first refused', async () => {
    const tenant = await tenantAtWork(office)
    await tenant.script([{ commit_then_drop: true }])
    office.clock.move(59 * minute)
    const { accessToken, version } = await tenant.obtain()
    expect((await tenant.obtain()).accessToken).toBe(accessToken)
    expect(await tenant.refreshes()).toHaveLength(2)
    const request = { tenantId: tenant.admin.tenantId, provider: 'teamleader', minTtlMs: 0 } as const
    await expect(office.app.reportRejectedToken.report(request, version)).rejects.toEqual(refusal('reconnect_required'))
    await expect(tenant.obtain()).rejects.toEqual(refusal('reconnect_required'))
    expect(await tenant.refreshes()).toHaveLength(2)
  })
})

describe('a process that died in the middle', () => {
  /** The rows as a killed process leaves them: its lease, and its intent if it had come so far. */
  const diedIn = async (at: 'lease' | 'intent' | 'sent') => {
    const tenant = await tenantAtWork(office)
    office.clock.move(61 * minute)
    const { tokens } = office.app.store
    const seen = await tokens.read(tenant.admin.tenantId, 'teamleader', office.clock.now())
    if (!seen) throw new Error('the tenant has no token set')
    await tokens.takeLease(seen.tokenSetId, 'dead', minute, office.clock.now())
    if (at === 'lease') return tenant
    const { sealedRefreshToken, version, tokenSetId: row } = seen
    const context = { purpose: 'refresh_token', tenant: seen.tenantId, row, generation: version } as const
    const refreshToken = (await office.app.vault.open(sealedRefreshToken, context)) ?? ''
    const print = office.app.random.hash(refreshToken)
    await tokens.openIntent({ tokenSet: seen, owner: 'dead' }, print, office.clock.now())
    if (at === 'intent') return tenant
    const secret = { clientId: tenant.integration.clientId, clientSecret: tenant.integration.clientSecret }
    await withConsent(office.app.providers.teamleader).refresh({ ...secret, refreshToken, target: null })
    return tenant
  }

  it.each<['lease' | 'intent' | 'sent', 'connected' | FailureCode]>([
    ['lease', 'connected'],
    ['intent', 'connected'],
    ['sent', 'lost_response'],
  ])('having come to its %s is settled by the sweep once its lease is over: %s', async (at, outcome) => {
    const tenant = await diedIn(at)
    await office.app.refreshDueTokens.sweep()
    const before = (await tenant.refreshes()).length
    office.clock.move(minute + 1)
    await office.app.refreshDueTokens.sweep()
    await office.app.refreshDueTokens.refreshDue()
    expect((await tenant.refreshes()).length).toBe(before + 1)
    const { state, reason } = await tenant.status()
    expect(reason ?? state).toBe(outcome)
    await tenant.expectSound()
  })
})
