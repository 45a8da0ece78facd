import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Step } from '#lib/sandbox/control/script.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const minute = 60_000
const refusal = (code: FailureCode) => expect.objectContaining({ name: 'Failure', code })

const obtain = ({ tenantId }: Admin, minTtlMs = 0) =>
  testApp.app.getAccessToken.obtain({ tenantId, provider: 'teamleader', minTtlMs })

/** A connected tenant, and how often the token endpoint was asked to refresh. */
const connected = async () => {
  const { admin, integration } = await testApp.connected()
  const { clientId } = integration
  const refreshes = async () =>
    (await testApp.control.journal(clientId)).requests.filter(({ grant_type }) => grant_type === 'refresh_token').length
  return { admin, integration, refreshes, script: (steps: Step[]) => testApp.control.script({ clientId }, steps) }
}

describe('a fresh token', () => {
  it('is handed out without a call, and the same to everybody', async () => {
    const { admin, refreshes } = await connected()
    const tokens = await Promise.all(Array.from({ length: 20 }, () => obtain(admin)))
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(tokens[0]).toMatchObject({ version: 1, account: { name: 'Marie Delvaux' } })
    expect(await refreshes()).toBe(0)
  })

  it('is not asked to live longer than half its life', async () => {
    const { admin, refreshes } = await connected()
    await obtain(admin, 24 * 60 * minute)
    expect(await refreshes()).toBe(0)
    testApp.clock.move(31 * minute)
    await obtain(admin, 24 * 60 * minute)
    expect(await refreshes()).toBe(1)
  })
})

describe('a token at its end', () => {
  it('is refreshed once for two hundred callers, who all get the new one', async () => {
    const { admin, refreshes } = await connected()
    const before = await obtain(admin)
    testApp.clock.move(59 * minute)
    const tokens = await Promise.all(Array.from({ length: 200 }, () => obtain(admin)))
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(tokens[0]?.version).toBe(2)
    expect(tokens[0]?.accessToken).not.toBe(before.accessToken)
    expect(await refreshes()).toBe(1)
    expect(await testApp.journal(admin)).toContain('token.refreshed ok')
  })

  it.each<[string, Step[], FailureCode, number]>([
    ['revoked at the provider', [{ revoke: true }], 'revoked', 1],
    ['whose answer was lost, and then refused', [{ commit_then_drop: true }], 'lost_response', 2],
    ['whose answer was HTML, and then refused', [{ commit_then_html: true }], 'lost_response', 2],
  ])('%s is dead, named, and never asked again', async (_, script, reason, requests) => {
    const { admin, refreshes, script: run } = await connected()
    await run(script)
    testApp.clock.move(61 * minute)
    await expect(obtain(admin)).rejects.toEqual(refusal('reconnect_required'))
    await expect(obtain(admin)).rejects.toEqual(refusal('reconnect_required'))
    testApp.clock.move(48 * 60 * minute)
    await testApp.app.refreshDueTokens.sweep()
    await testApp.app.refreshDueTokens.refreshDue()
    expect(await refreshes()).toBe(requests)
    const record = await testApp.record(admin)
    expect(record.status).toMatchObject({ state: 'reconnect_required', reason })
    expect(record.authStatus?.text).toBe('Failed, Status code: BadRequest')
    expect(await testApp.incidents(admin)).toEqual([{ reason, open: true }])
    expect(await testApp.journal(admin)).toContain(`token.refused ${reason}`)
  })

  it('that dies ahead of time is served until it ends', async () => {
    const { admin, script } = await connected()
    await script([{ commit_then_drop: true }])
    testApp.clock.move(59 * minute)
    const { accessToken } = await obtain(admin)
    expect((await testApp.record(admin)).status.state).toBe('reconnect_required')
    expect((await obtain(admin)).accessToken).toBe(accessToken)
    testApp.clock.move(2 * minute)
    await expect(obtain(admin)).rejects.toEqual(refusal('reconnect_required'))
  })

  it('whose answer was lost before the provider acted is saved by the replay', async () => {
    const { admin, refreshes, script } = await connected()
    await script([{ reset_before: true }])
    testApp.clock.move(61 * minute)
    expect((await obtain(admin)).version).toBe(2)
    expect(await refreshes()).toBe(2)
    expect((await testApp.record(admin)).status.state).toBe('connected')
  })

  it.each<[string, Step]>([
    ['503', { status: 503 }],
    ['two lost answers', { reset_before: true, times: 2 }],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '30' } }],
  ])('that meets %s waits, asks little, and recovers by itself', async (_, step) => {
    const { admin, refreshes, script } = await connected()
    await script([step])
    testApp.clock.move(61 * minute)
    await expect(obtain(admin)).rejects.toEqual(refusal('provider_unavailable'))
    const asked = await refreshes()
    await expect(obtain(admin)).rejects.toEqual(refusal('provider_unavailable'))
    await testApp.app.refreshDueTokens.refreshDue()
    expect(await refreshes()).toBe(asked)
    expect((await testApp.record(admin)).status.state).toBe('degraded')
    testApp.clock.move(minute)
    await testApp.app.refreshDueTokens.refreshDue()
    expect(await refreshes()).toBe(asked + 1)
    expect((await testApp.record(admin)).status).toMatchObject({ state: 'connected', attempts: 0 })
    expect((await obtain(admin)).version).toBe(2)
  })

  it('with a wrong secret keeps its tokens, which work again once the secret is right', async () => {
    const { admin, integration, refreshes } = await connected()
    await testApp.control.integrate({ ...integration, clientSecret: 'a'.repeat(32) })
    testApp.clock.move(61 * minute)
    await expect(obtain(admin)).rejects.toEqual(refusal('misconfigured'))
    await expect(obtain(admin)).rejects.toEqual(refusal('misconfigured'))
    expect(await refreshes()).toBe(1)
    expect((await testApp.record(admin)).status).toMatchObject({ state: 'misconfigured', reason: 'invalid_client' })
    const { revision } = await testApp.record(admin)
    const typed = { enabled: true, clientId: integration.clientId, clientSecret: 'a'.repeat(32) }
    await testApp.app.saveSettings(admin, 'teamleader', { ...typed, revision })
    await testApp.app.refreshDueTokens.refreshDue()
    expect((await obtain(admin)).version).toBe(2)
    expect(await testApp.incidents(admin)).toEqual([{ reason: 'invalid_client', open: false }])
  })

  it('of a paused connection is left alone, and goes on when switched on', async () => {
    const { admin, integration, refreshes } = await connected()
    const save = async (enabled: boolean) => {
      const { revision } = await testApp.record(admin)
      const typed = { enabled, clientId: integration.clientId, clientSecret: '' }
      await testApp.app.saveSettings(admin, 'teamleader', { ...typed, revision })
    }
    await save(false)
    testApp.clock.move(26 * 60 * minute)
    await expect(obtain(admin)).rejects.toEqual(refusal('connection_disabled'))
    await testApp.app.refreshDueTokens.refreshDue()
    expect(await refreshes()).toBe(0)
    await save(true)
    await testApp.app.refreshDueTokens.refreshDue()
    expect(await refreshes()).toBe(1)
    expect((await obtain(admin)).version).toBe(2)
  })
})

describe('the background work', () => {
  it('refreshes a used connection ahead of its end, and an idle one once a day', async () => {
    const [used, idle] = [await connected(), await connected()]
    await obtain(used.admin)
    await testApp.app.noteTokenUses.flush()
    for (let hours = 0; hours < 26; hours += 1) {
      testApp.clock.move(60 * minute - 1000)
      await testApp.app.refreshDueTokens.refreshDue()
    }
    // nobody has asked for either token since: after a day the used one is idle too
    expect(await used.refreshes()).toBeGreaterThanOrEqual(20)
    expect(await idle.refreshes()).toBeLessThanOrEqual(3)
    expect(await idle.refreshes()).toBeGreaterThanOrEqual(1)
  })

  it('opens an incident for a passing failure only after fifteen minutes without a token', async () => {
    const { admin, script } = await connected()
    await script([{ status: 503, times: 50 }])
    testApp.clock.move(60 * minute)
    for (let minutes = 0; minutes < 14; minutes += 1) {
      await testApp.app.refreshDueTokens.refreshDue()
      await testApp.app.refreshDueTokens.sweep()
      testApp.clock.move(minute)
    }
    expect(await testApp.incidents(admin)).toEqual([])
    testApp.clock.move(2 * minute)
    await testApp.app.refreshDueTokens.sweep()
    expect(await testApp.incidents(admin)).toEqual([{ reason: 'provider_unavailable', open: true }])
  })
})

describe('disconnecting', () => {
  it('forgets the tokens and keeps the credentials', async () => {
    const { admin } = await connected()
    await testApp.app.disconnect(admin, 'teamleader')
    await expect(obtain(admin)).rejects.toEqual(refusal('not_connected'))
    expect(await testApp.record(admin)).toMatchObject({
      tokenSet: null,
      client: {},
      status: { state: 'awaiting_authorization' },
    })
    expect(await testApp.journal(admin)).toContain('connection.disconnected ok')
  })
})

describe('a report of a refused token', () => {
  const report = ({ tenantId }: Admin, version: number) =>
    testApp.app.reportRejectedToken.report({ tenantId, provider: 'teamleader', minTtlMs: 0 }, version)

  it('causes one refresh in ten minutes, then one test read', async () => {
    const { admin, refreshes, integration } = await connected()
    const answers = await Promise.all(Array.from({ length: 10 }, () => report(admin, 1)))
    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set([2]))
    expect(await refreshes()).toBe(1)
    const reads = () => testApp.calls(integration.clientId, 'companies.list')
    const before = await reads()
    expect((await report(admin, 2)).version).toBe(2)
    expect((await report(admin, 2)).version).toBe(2)
    expect((await reads()) - before).toBe(1)
    expect(await refreshes()).toBe(1)
  })

  it('of the last token of a dead connection ends it', async () => {
    const { admin, script } = await connected()
    await script([{ commit_then_drop: true }])
    testApp.clock.move(59 * minute)
    await obtain(admin)
    await expect(report(admin, 1)).rejects.toEqual(refusal('reconnect_required'))
    await expect(obtain(admin)).rejects.toEqual(refusal('reconnect_required'))
    expect((await testApp.record(admin)).status).toMatchObject({ reason: 'lost_response' })
  })
})
