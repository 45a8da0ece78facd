import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Step } from '#lib/sandbox/control/script.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const nonce = 'n'.repeat(43)

/** Leaves, comes back with a code, and tells what came of it. */
const attempt = async (script: Step[], saved = testApp.configuredTenant()) => {
  const { admin, integration } = await saved
  const { clientId } = integration
  const state = await testApp.app.startAuthorization.begin(admin, 'teamleader', nonce)
  const code = await testApp.code(clientId)
  if (script.length > 0) await testApp.control.script({ clientId }, script)
  const result = await testApp.app.handleCallback.withCode({ provider: 'teamleader', state, nonce, user: admin }, code)
  return { admin, integration, result, view: await testApp.view(admin) }
}

describe('an exchange', () => {
  it.each<[string, Step[], string, string]>([
    ['refused for its secret', [{ status: 401, body: '{"error":"invalid_client"}' }], 'invalid_client', 'Unauthorized'],
    ['answered 503', [{ status: 503 }], 'provider_unavailable', 'ServiceUnavailable'],
    ['answered 429', [{ status: 429 }], 'provider_throttled', 'TooManyRequests'],
    ['redirected', [{ redirect: 'http://localhost:9/elsewhere' }], 'provider_unavailable', 'TemporaryRedirect'],
    ['answered with HTML', [{ commit_then_html: true }], 'response_lost', 'OK'],
    ['answered with too much', [{ huge: 100_000 }], 'response_lost', 'No response'],
    ['committed and then 500', [{ commit_then_500: true }], 'provider_unavailable', 'InternalServerError'],
    ['whose answer was lost', [{ commit_then_drop: true }], 'response_lost', 'No response'],
    ['reset before anything', [{ reset_before: true }], 'response_lost', 'No response'],
  ])('%s leaves no half connection', async (_, script, code, status) => {
    const { admin, result, view, integration } = await attempt(script)
    expect(result).toMatchObject({ kind: 'failed', code })
    expect(view.problem?.code).toBe(code)
    expect(view.authStatus?.text).toBe(
      status === 'No response' ? 'Failed, No response' : `Failed, Status code: ${status}`,
    )
    expect(await testApp.record(admin)).toMatchObject({ tokenSet: null, candidate: null })
    expect(await testApp.calls(integration.clientId)).toBe(1)
    expect(await testApp.journal(admin)).toContain(`authorization.exchanged ${code}`)
  })

  it.each<[string, Step]>([
    ['an expires_in that is no number', { set: { expires_in: 'soon' } }],
    ['no expires_in', { set: { expires_in: null } }],
    ['no token_type', { set: { token_type: null } }],
    ['a scope that is no text', { set: { scope: 7 } }],
    ['an id_token that is none', { set: { id_token: 'x' } }],
  ])('with a readable pair and %s connects', async (_, step) => {
    const { result, view } = await attempt([step])
    expect(result).toEqual({ kind: 'connected' })
    expect(view.connection?.lifetimeMs).toBe('expires_in' in (step.set ?? {}) ? 900_000 : 3_600_000)
  })

  it('with a wrong secret is a configuration error, mended by the right one', async () => {
    const saved = testApp.configuredTenant()
    const { admin, integration } = await saved
    await testApp.control.integrate({ ...integration, clientSecret: 'f'.repeat(32) })
    const { view } = await attempt([], saved)
    expect(view).toMatchObject({
      headline: 'misconfigured',
      problem: { code: 'invalid_client' },
      authStatus: { text: 'Failed, Status code: Unauthorized' },
    })
    const { revision } = view
    const typed = { revision, enabled: true, clientId: integration.clientId, clientSecret: 'f'.repeat(32) }
    await testApp.app.saveSettings(admin, 'teamleader', typed)
    expect((await attempt([], saved)).result).toEqual({ kind: 'connected' })
  })

  it('that fails leaves a living connection and its status alone', async () => {
    const saved = testApp.configuredTenant()
    expect((await attempt([], saved)).result).toEqual({ kind: 'connected' })
    const { result, view } = await attempt([{ status: 503 }], saved)
    expect(result).toMatchObject({ code: 'provider_unavailable' })
    expect(view).toMatchObject({
      headline: 'connected',
      problem: { code: 'provider_unavailable' },
      authStatus: { text: 'Success' },
    })
  })
})

describe('the account behind a new token set', () => {
  it('that cannot be read in passing leaves the connection degraded, and is read later', async () => {
    const { admin, result, view } = await attempt([{ on: 'users.me', status: 503 }])
    expect(result).toEqual({ kind: 'connected' })
    expect(view).toMatchObject({
      headline: 'degraded',
      problem: { code: 'identity_unknown' },
      authStatus: { text: 'Success' },
    })
    await testApp.app.resolveCandidate.resolve(admin.tenantId, 'teamleader')
    expect((await testApp.view(admin)).headline).toBe('degraded')
    testApp.clock.move(31_000)
    await testApp.app.resolveCandidate.resolve(admin.tenantId, 'teamleader')
    expect(await testApp.view(admin)).toMatchObject({
      headline: 'connected',
      connection: { account: { name: 'Marie Delvaux' } },
    })
    expect(await testApp.journal(admin)).toEqual(
      expect.arrayContaining(['identity.failed identity_unknown', 'identity.read ok']),
    )
  })

  it.each<[string, Step]>([
    ['a 401 of a firewall', { status: 401, body: '<html>' }],
    ['a 403 of a firewall', { status: 403, body: '<html>' }],
    ['a 404 of a gateway', { status: 404, body: { message: 'Not Found' } }],
  ])('that meets %s is read later', async (_, step) => {
    const { admin, view } = await attempt([{ on: 'users.me', ...step }])
    expect(view).toMatchObject({ headline: 'degraded', problem: { code: 'identity_unknown' } })
    testApp.clock.move(31_000)
    await testApp.app.resolveCandidate.resolve(admin.tenantId, 'teamleader')
    expect((await testApp.view(admin)).connection?.account).toMatchObject({ name: 'Marie Delvaux' })
  })

  it('that is refused for good is unknown, and the connection holds', async () => {
    const { view } = await attempt([{ on: 'users.me', status: 403, body: { errors: [{ title: 'Forbidden' }] } }])
    expect(view).toMatchObject({ headline: 'connected', problem: null, connection: { account: null } })
  })
})
