import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '#lib/domain/accounts/user.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Step } from '#lib/sandbox/control/script.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const provider = 'teamleader'

/** A tenant whose admin has just left for the consent page. */
const started = async (nonce = 'n'.repeat(43)) => {
  const { admin, integration } = await testApp.configuredTenant()
  const state = await testApp.app.startAuthorization.begin(admin, provider, nonce)
  const code = await testApp.code(integration.clientId)
  return { admin, integration, state, code, nonce }
}

const back = (from: { state: string; nonce: string | null }, code: string, user: User | null) =>
  testApp.app.handleCallback.withCode({ provider, state: from.state, nonce: from.nonce, user }, code)

describe('coming back with a code', () => {
  it('connects, reads the account, and says Success', async () => {
    const left = await started()
    expect(await back(left, left.code, left.admin)).toEqual({ kind: 'connected' })
    const view = await testApp.view(left.admin)
    expect(view).toMatchObject({ headline: 'connected', problem: null, authStatus: { text: 'Success' } })
    expect(view.connection?.account).toMatchObject({ name: 'Marie Delvaux' })
    expect(await testApp.journal(left.admin)).toEqual([
      'tenant.created ok',
      'user.created ok',
      'settings.saved ok',
      'authorization.departed ok',
      'authorization.exchanged ok',
      'identity.read ok',
      'connection.promoted ok',
    ])
  })

  it('twenty times at once makes one exchange', async () => {
    const left = await started()
    const results = await Promise.all(Array.from({ length: 20 }, () => back(left, left.code, left.admin)))
    expect(results.filter(({ kind }) => kind === 'connected')).toHaveLength(1)
    const codes = results.flatMap((result) => (result.kind === 'failed' ? [result.code] : []))
    expect(codes.every((code) => code === 'exchange_under_way' || code === 'exchange_done')).toBe(true)
    expect(codes).toHaveLength(19)
    expect(await testApp.calls(left.integration.clientId)).toBe(1)
    expect(await back(left, left.code, left.admin)).toMatchObject({ code: 'exchange_done' })
  })

  it.each([
    ['another browser', 'm'.repeat(43)],
    ['a browser that never left', null],
  ])('from %s is refused and consumes nothing', async (_, nonce) => {
    const left = await started()
    expect(await back({ ...left, nonce }, left.code, left.admin)).toMatchObject({ code: 'state_foreign' })
    expect(await back({ ...left, nonce }, left.code, null)).toMatchObject({ code: 'state_foreign' })
    expect(await testApp.calls(left.integration.clientId)).toBe(0)
    expect(await back(left, left.code, left.admin)).toEqual({ kind: 'connected' })
  })

  it('as somebody else is refused and consumes nothing', async () => {
    const left = await started()
    const otherAdmin = await testApp.addAdmin('Autre client')
    expect(await back(left, left.code, otherAdmin)).toMatchObject({ code: 'other_user' })
    expect(await testApp.calls(left.integration.clientId)).toBe(0)
    expect(await back(left, left.code, left.admin)).toEqual({ kind: 'connected' })
  })

  it('with an invented state is refused without a row or a call', async () => {
    const left = await started()
    expect(await back({ ...left, state: 'invented' }, left.code, left.admin)).toEqual({
      kind: 'failed',
      code: 'state_unknown',
      known: false,
    })
    expect(await testApp.calls(left.integration.clientId)).toBe(0)
  })

  it('after fifteen minutes is too late', async () => {
    const left = await started()
    testApp.clock.move(15 * 60 * 1000)
    expect(await back(left, left.code, left.admin)).toMatchObject({ code: 'state_expired' })
    expect(await testApp.calls(left.integration.clientId)).toBe(0)
  })

  it('uses the client it left with, even when the form names another by then', async () => {
    const left = await started()
    const newer = await testApp.control.integrate({ redirectUris: [testApp.callback] })
    const { revision } = await testApp.record(left.admin)
    const typed = { revision, enabled: true, clientId: newer.clientId, clientSecret: newer.clientSecret }
    await testApp.app.saveSettings(left.admin, provider, typed)
    expect(await back(left, left.code, left.admin)).toEqual({ kind: 'connected' })
    expect(await testApp.calls(left.integration.clientId)).toBe(1)
  })
})

describe('coming back signed out', () => {
  it('parks the code, and the same user finishes it after sign-in', async () => {
    const left = await started('p'.repeat(43))
    const { nonce } = left
    expect(await back(left, left.code, null)).toEqual({ kind: 'parked' })
    expect(await back(left, left.code, null)).toEqual({ kind: 'parked' })
    expect(await testApp.app.handleCallback.hasParked(nonce)).toBe(true)
    const otherAdmin = await testApp.addAdmin('Autre client')
    const finish = (user: User) => testApp.app.handleCallback.finishParked({ provider, nonce, user })
    expect(await finish(otherAdmin)).toMatchObject({ code: 'other_user' })
    expect(await finish(left.admin)).toEqual({ kind: 'connected' })
    expect(await testApp.app.handleCallback.hasParked(nonce)).toBe(false)
    expect(await testApp.calls(left.integration.clientId)).toBe(1)
    expect(await testApp.journal(left.admin)).toContain('authorization.parked ok')
  })

  it('keeps a parked code ten minutes', async () => {
    const left = await started('q'.repeat(43))
    const { nonce, admin: user } = left
    await back(left, left.code, null)
    testApp.clock.move(10 * 60 * 1000)
    expect(await testApp.app.handleCallback.finishParked({ provider, nonce, user })).toMatchObject({
      code: 'nothing_parked',
    })
    expect(await testApp.calls(left.integration.clientId)).toBe(0)
  })
})

describe('coming back while the provider does not judge the code', () => {
  const finish = (nonce: string, user: User) => testApp.app.handleCallback.finishParked({ provider, nonce, user })

  it.each<[string, Step, FailureCode]>([
    ['a 403 of a firewall', { status: 403, body: '<html>' }, 'provider_unavailable'],
    ['a 404 of a gateway', { status: 404, body: { message: 'Not Found' } }, 'provider_unavailable'],
    ['a 503', { status: 503 }, 'provider_unavailable'],
    ['temporarily_unavailable', { status: 400, body: { error: 'temporarily_unavailable' } }, 'provider_unavailable'],
    ['too many requests', { status: 429 }, 'provider_throttled'],
  ])('(%s) keeps the code, which connects when it is sent again', async (_, step, codes) => {
    const nonce = testApp.app.random.secret()
    const left = await started(nonce)
    const { clientId } = left.integration
    await testApp.control.script({ clientId }, [{ ...step, times: 2 }])
    expect(await back(left, left.code, left.admin)).toMatchObject({ kind: 'failed', code: codes })
    expect(await testApp.app.handleCallback.hasParked(nonce)).toBe(true)
    expect(await finish(nonce, await testApp.addAdmin('Autre client'))).toMatchObject({ code: 'other_user' })
    expect(await finish(nonce, left.admin)).toMatchObject({ kind: 'failed', code: codes })
    expect(await finish(nonce, left.admin)).toEqual({ kind: 'connected' })
    expect(await testApp.app.handleCallback.hasParked(nonce)).toBe(false)
    expect(await testApp.calls(clientId)).toBe(3)
    expect(await testApp.journal(left.admin)).toEqual(
      expect.arrayContaining([`authorization.exchanged ${codes}`, 'authorization.exchanged ok']),
    )
    expect(await testApp.view(left.admin)).toMatchObject({ headline: 'connected', problem: null })
  })

  it('keeps it no longer than the code lives, however often it is tried', async () => {
    const nonce = testApp.app.random.secret()
    const left = await started(nonce)
    await testApp.control.script({ clientId: left.integration.clientId }, [{ status: 503, times: 9 }])
    await back(left, left.code, left.admin)
    testApp.clock.move(9 * 60 * 1000)
    expect(await finish(nonce, left.admin)).toMatchObject({ code: 'provider_unavailable' })
    testApp.clock.move(60 * 1000)
    expect(await finish(nonce, left.admin)).toMatchObject({ code: 'nothing_parked' })
  })

  it.each<[string, Step, FailureCode]>([
    ['a lost answer', { commit_then_drop: true }, 'response_lost'],
    ['a refusal', { status: 400, body: { error: 'invalid_grant' } }, 'code_refused'],
  ])('does not keep it after %s', async (_, step, codes) => {
    const nonce = testApp.app.random.secret()
    const left = await started(nonce)
    await testApp.control.script({ clientId: left.integration.clientId }, [step])
    expect(await back(left, left.code, left.admin)).toMatchObject({ code: codes })
    expect(await finish(nonce, left.admin)).toMatchObject({ code: 'nothing_parked' })
  })

  it('lets it go when the admin leaves again', async () => {
    const nonce = testApp.app.random.secret()
    const left = await started(nonce)
    await testApp.control.script({ clientId: left.integration.clientId }, [{ status: 503 }])
    await back(left, left.code, left.admin)
    const state = await testApp.app.startAuthorization.begin(left.admin, provider, nonce)
    expect(await testApp.app.handleCallback.hasParked(nonce)).toBe(false)
    expect(await back({ state, nonce }, await testApp.code(left.integration.clientId), left.admin)).toEqual({
      kind: 'connected',
    })
    expect(await back(left, left.code, left.admin)).toMatchObject({ code: 'state_replayed' })
  })
})

describe('coming back refused', () => {
  it('says so once, and the authorization is over', async () => {
    const left = await started()
    const { state, nonce, admin: user } = left
    const refuse = () => testApp.app.handleCallback.withRefusal({ provider, state, nonce, user }, 'access_denied')
    expect(await refuse()).toMatchObject({ code: 'access_denied' })
    expect(await testApp.view(user)).toMatchObject({
      headline: 'refused',
      problem: { code: 'access_denied' },
      authStatus: null,
    })
    expect(await back(left, left.code, user)).toMatchObject({ code: 'state_replayed' })
    expect(await testApp.journal(user)).toContain('authorization.refused access_denied')
  })

  it('by somebody else consumes nothing', async () => {
    const left = await started()
    const otherAdmin = await testApp.addAdmin('Autre client')
    const refuse = (nonce: string | null, user: User) =>
      testApp.app.handleCallback.withRefusal({ provider, state: left.state, nonce, user }, 'access_denied')
    expect(await refuse(null, left.admin)).toMatchObject({ code: 'state_foreign' })
    expect(await refuse(left.nonce, otherAdmin)).toMatchObject({ code: 'other_user' })
    expect(await back(left, left.code, left.admin)).toEqual({ kind: 'connected' })
  })
})
