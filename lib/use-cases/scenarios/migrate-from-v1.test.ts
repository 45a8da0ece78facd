import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const record = ({ tenantId }: Admin) => testApp.app.store.authorizations.find(tenantId, 'teamleader-v1')

/** « Enregistrer » with V1 chosen. */
const save = async (admin: Admin, { group, secret }: { group: string; secret: string }) => {
  const typed = { revision: (await record(admin))?.revision ?? 0, enabled: true }
  const { record: stored, changed } = await testApp.app.saveSettings(admin, 'teamleader-v1', {
    ...typed,
    clientId: group,
    clientSecret: secret,
  })
  if (stored) await testApp.app.requestClientCredentials(admin, 'teamleader-v1', changed)
}

describe('V1', () => {
  it('is stored and tried, and has no tokens to hand out', async () => {
    const admin = await testApp.addAdmin()
    await save(admin, await testApp.control.issueV1Keys())
    expect(await record(admin)).toMatchObject({
      status: { state: 'connected', reason: null },
      authStatus: { text: 'Success' },
      lastTest: { reads: [{ read: 'hello', failure: null }] },
      supersededAt: null,
    })
    const request = { tenantId: admin.tenantId, provider: 'teamleader-v1', minTtlMs: 0 } as const
    await expect(testApp.app.getAccessToken.obtain(request)).rejects.toMatchObject({ code: 'not_connected' })
    expect(await testApp.journal(admin)).toEqual(expect.arrayContaining(['settings.saved ok', 'connection.tested ok']))
  })

  it('says which keys it refuses, and works again with the right ones', async () => {
    const admin = await testApp.addAdmin()
    const keys = await testApp.control.issueV1Keys()
    await save(admin, { ...keys, secret: 'wrong' })
    expect(await record(admin)).toMatchObject({
      status: { state: 'misconfigured', reason: 'keys_refused' },
      authStatus: { text: 'Failed, Status code: BadRequest' },
    })
    await save(admin, keys)
    expect(await record(admin)).toMatchObject({ status: { state: 'connected' }, authStatus: { text: 'Success' } })
  })

  it.each<[string, object, FailureCode, string]>([
    ['asks for patience', { status: 505 }, 'provider_throttled', 'Failed, Status code: HttpVersionNotSupported'],
    ['fails', { status: 503 }, 'provider_unavailable', 'Failed, Status code: ServiceUnavailable'],
    ['is behind a firewall', { status: 403, body: '<html>' }, 'provider_unavailable', 'Failed, Status code: Forbidden'],
    [
      'is not deployed',
      { status: 404, body: { message: 'x' } },
      'provider_unavailable',
      'Failed, Status code: NotFound',
    ],
    ['does not answer', { reset_before: true }, 'provider_unavailable', 'Failed, No response'],
  ])('that %s does not cut keys that worked', async (_, step, code, status) => {
    const admin = await testApp.addAdmin()
    const keys = await testApp.control.issueV1Keys()
    await save(admin, keys)
    await testApp.control.script({ clientId: keys.group }, [{ on: 'v1.hello', ...step }])
    const { reads } = await testApp.app.testConnection(admin, 'teamleader-v1')
    expect(reads).toMatchObject([{ failure: code }])
    expect(await record(admin)).toMatchObject({ status: { state: 'connected' }, authStatus: { text: status } })
  })
})

describe('moving from V1 to V2', () => {
  const connectV2 = async (admin: Admin, refused = false) => {
    const integration = await testApp.control.integrate({ redirectUris: [testApp.callback] })
    const { clientId, clientSecret } = integration
    const typed = { revision: 0, enabled: true, clientId: clientId, clientSecret }
    const found = await testApp.app.store.authorizations.find(admin.tenantId, 'teamleader')
    await testApp.app.saveSettings(admin, 'teamleader', { ...typed, revision: found?.revision ?? 0 })
    const nonce = testApp.app.random.secret()
    const state = await testApp.app.startAuthorization.begin(admin, 'teamleader', nonce)
    const back = { provider: 'teamleader', state, nonce, user: admin } as const
    if (refused) return testApp.app.handleCallback.withRefusal(back, 'access_denied')
    return testApp.app.handleCallback.withCode(back, await testApp.code(clientId))
  }

  it('leaves V1 in use until V2 has worked, and tells each step', async () => {
    const admin = await testApp.addAdmin()
    const keys = await testApp.control.issueV1Keys()
    await save(admin, keys)
    await connectV2(admin, true)
    expect(await record(admin)).toMatchObject({ status: { state: 'connected' }, supersededAt: null })
    expect((await connectV2(admin)).kind).toBe('connected')
    expect(await record(admin)).toMatchObject({ status: { state: 'connected' }, supersededAt: testApp.clock.now() })
    // kept, and still good
    expect((await testApp.app.testConnection(admin, 'teamleader-v1')).reads).toMatchObject([{ failure: null }])
    const journal = await testApp.journal(admin)
    const steps = ['authorization.refused access_denied', 'authorization.exchanged ok', 'connection.superseded ok']
    expect(journal.filter((entry) => steps.includes(entry))).toEqual(steps)
  })

  it('counts nobody as left who stores V1 keys beside a V2 that works', async () => {
    const { admin } = await testApp.connected()
    await save(admin, await testApp.control.issueV1Keys())
    expect((await record(admin))?.supersededAt).not.toBeNull()
  })
})
