import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { SharedClient } from '#lib/domain/connections/operator-client.ts'
import { jeanBaptiste, marie } from '#lib/sandbox/teamleader/seeds.ts'
import { inDatabase, refusal } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

const clientId = '5b0d4e6f1c2a4837b9e80f6d2a71c354'
const [oldSecret, newSecret] = ['9f27c1d80b6e45a3a8d4172f0c5e6b93', '0e6b93f27c1d845a3a8d4172f0c5b9f2']
const hour = 3_600_000

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp({ TEAMLEADER_CLIENTS: `${clientId}:${oldSecret}|${newSecret}` })
})
afterAll(() => testApp.close())

/** The provider knows the integration by this secret alone. */
const secretIs = (clientSecret: string) =>
  testApp.control.integrate({ clientId, clientSecret, redirectUris: [testApp.callback] })

const share = async (admin: Admin, user = marie.email) => testApp.connect(admin, { clientId }, user, 'shared')

const shared = async (user = marie.email) => {
  await secretIs(oldSecret)
  const admin = await testApp.addAdmin()
  await share(admin, user)
  return admin
}

const statuses = async () =>
  (await testApp.control.journal(clientId)).requests
    .filter(({ endpoint }) => endpoint === 'token')
    .slice(-2)
    .map(({ status }) => status)

const obtain = ({ tenantId }: Admin) =>
  testApp.app.getAccessToken.obtain({ tenantId, provider: 'teamleader', minTtlMs: 0 })

describe('through the operator’s client', () => {
  test('a tenant connects with nothing pasted, and no row holds a secret, also not sealed', async () => {
    const admin = await shared()
    expect(await testApp.view(admin)).toMatchObject({
      headline: 'connected',
      through: 'shared',
      clientId: '',
      secret: null,
      authStatus: { text: 'Success' },
      connection: { account: { email: marie.email } },
    })
    expect(await testApp.journal(admin)).toEqual(
      expect.arrayContaining(['authorization.departed ok', 'authorization.exchanged ok', 'connection.promoted ok']),
    )
    const rows = await inDatabase(testApp, ({ q, tables: { clients } }) => q.select().from(clients))
    expect(rows.filter(({ identifier }) => identifier === clientId)).toMatchObject([
      { shared: true, sealedSecret: '', secretLast4: '', tenantId: admin.tenantId },
    ])
    const bytes = await Promise.all(
      ['', '-wal'].map((end) => readFile(`${testApp.databaseUrl.slice('file:'.length)}${end}`).catch(() => '')),
    )
    for (const secret of [oldSecret, newSecret]) {
      expect(bytes.some((part) => part.includes(secret))).toBe(false)
      expect(await testApp.app.getConnection.diagnose(admin.tenantId, 'teamleader')).not.toContain(secret)
    }
    expect(await testApp.app.getConnection.diagnose(admin.tenantId, 'teamleader')).toMatch(
      new RegExp(`client_id: ${clientId}\nclient: shared\nown_client_id: -`),
    )
  })

  test('two tenants are connected through one client, each to its account, and both are refreshed', async () => {
    const [one, two] = [await shared(), await shared(jeanBaptiste.email)]
    testApp.clock.pass(2 * hour)
    await testApp.work()
    expect((await obtain(one)).account?.email).toBe(marie.email)
    expect((await obtain(two)).account?.email).toBe(jeanBaptiste.email)
    for (const admin of [one, two]) expect((await testApp.record(admin)).tokenSet?.version).toBeGreaterThan(1)
  })

  test('while one secret replaces the other, a refresh sends the second, and spends nothing with the first', async () => {
    const admin = await shared()
    await secretIs(newSecret)
    testApp.clock.pass(2 * hour)
    await obtain(admin)
    expect(await statuses()).toEqual([401, 200])
    const { tokenSet, status } = await testApp.record(admin)
    expect([tokenSet?.version, status.state]).toEqual([2, 'connected'])
    const open = await testApp.app.store.tokens.read(admin.tenantId, 'teamleader', testApp.clock.now())
    expect(open?.intentFingerprint).toBeNull()
    expect((await testApp.control.journal(clientId)).max_token_requests_in_flight).toBe(1)
  })

  test('a second answer that is cut off is replayed with the same secret', async () => {
    const admin = await shared()
    await secretIs(newSecret)
    await testApp.control.script({ clientId }, [{ on: 'token' }, { reset_before: true }])
    testApp.clock.pass(2 * hour)
    await obtain(admin)
    expect((await testApp.record(admin)).tokenSet?.version).toBe(2)
  })

  test('so does an exchange: the code is not spent by the secret that is refused', async () => {
    await secretIs(newSecret)
    const admin = await testApp.addAdmin()
    await share(admin)
    expect(await statuses()).toEqual([401, 200])
    expect(await testApp.view(admin)).toMatchObject({ headline: 'connected', through: 'shared' })
  })

  test('a paused connection is switched on by connecting again', async () => {
    const admin = await shared()
    await testApp.app.switchConnection(admin, 'teamleader', false)
    expect(await testApp.view(admin)).toMatchObject({ headline: 'paused' })
    await share(admin)
    expect(await testApp.view(admin)).toMatchObject({ headline: 'connected', enabled: true })
    expect(await testApp.journal(admin)).toContain('settings.saved ok')
  })

  test('another account is asked about, and the old one works meanwhile', async () => {
    const admin = await shared()
    await share(admin, jeanBaptiste.email)
    const { candidate, headline } = await testApp.view(admin)
    expect([headline, candidate?.question]).toEqual(['question', 'replace'])
    expect((await obtain(admin)).account?.email).toBe(marie.email)
    const id = candidate?.id ?? ''
    const answer = { kind: 'accept', accountId: jeanBaptiste.account.id } as const
    await testApp.app.confirmCandidate(admin, 'teamleader', id, answer)
    expect((await obtain(admin)).account?.email).toBe(jeanBaptiste.email)
  })
})

describe('a tenant with an integration of its own', () => {
  test('passes to the operator’s and back, and keeps its own; the old connection works until the new one does', async () => {
    await secretIs(oldSecret)
    const { admin, integration } = await testApp.connected()
    const kept = { clientId: integration.clientId, secret: { last4: integration.clientSecret.slice(-4) } }
    const nonce = testApp.app.random.secret()
    const state = await testApp.app.startAuthorization.begin(admin, 'teamleader', nonce, 'shared')
    expect(await testApp.view(admin)).toMatchObject({ headline: 'connected', through: 'own', ...kept })
    const left = { provider: 'teamleader', state, nonce, user: admin } as const
    await testApp.app.handleCallback.withRefusal(left, 'access_denied')
    expect(await testApp.view(admin)).toMatchObject({
      ...{ headline: 'connected', through: 'own', ...kept },
      problem: { code: 'access_denied', through: 'shared' },
    })
    testApp.clock.pass(2 * hour)
    await obtain(admin)
    await share(admin)
    expect(await testApp.view(admin)).toMatchObject({ headline: 'connected', through: 'shared', ...kept })
    testApp.clock.pass(2 * hour)
    await obtain(admin)
    await testApp.connect(admin, integration)
    expect(await testApp.view(admin)).toMatchObject({ headline: 'connected', through: 'own', ...kept })
    testApp.clock.pass(2 * hour)
    await obtain(admin)
    expect(await testApp.calls(integration.clientId)).toBe(4)
  })

  test('may have typed the very Client ID that is shared now: its own secret stays its own', async () => {
    await secretIs(oldSecret)
    const admin = await testApp.addAdmin()
    const typed = { revision: 0, enabled: true, clientId, clientSecret: oldSecret }
    await testApp.app.saveSettings(admin, 'teamleader', typed)
    await testApp.connect(admin, { clientId })
    await share(admin)
    expect(await testApp.view(admin)).toMatchObject({ through: 'shared', clientId, secret: { last4: '6b93' } })
    const { revision } = await testApp.record(admin)
    const other = { ...typed, revision, clientSecret: newSecret }
    await testApp.app.saveSettings(admin, 'teamleader', other)
    testApp.clock.pass(2 * hour)
    await obtain(admin)
    expect(await testApp.view(admin)).toMatchObject({ headline: 'connected', secret: { last4: newSecret.slice(-4) } })
  })
})

describe('without the setting', () => {
  const containerWith = (sharedClients: readonly SharedClient[]) =>
    createContainer(
      { ...testApp.env, teamleader: { ...testApp.env.teamleader, sharedClients } },
      { clock: testApp.clock, monotonicMs: testApp.clock.monotonicMs },
    )

  test('nothing can be begun, and what was begun waits for the operator', async () => {
    await secretIs(oldSecret)
    const admin = await testApp.addAdmin()
    const [nonce, without] = [testApp.app.random.secret(), await containerWith([])]
    const begin = () => without.startAuthorization.begin(admin, 'teamleader', nonce, 'shared')
    await expect(begin()).rejects.toEqual(refusal('provider_configuration'))
    const state = await testApp.app.startAuthorization.begin(admin, 'teamleader', nonce, 'shared')
    const code = await testApp.code(clientId)
    const callback = { provider: 'teamleader', state, nonce, user: admin } as const
    expect(await without.handleCallback.withCode(callback, code)).toMatchObject({ code: 'provider_configuration' })
    expect(await testApp.view(admin)).toMatchObject({
      headline: 'refused',
      problem: { code: 'provider_configuration', through: 'shared' },
    })
    expect(await testApp.incidents(admin)).toEqual([])
    await without.close()
  })

  test('the first serves new authorizations, the others refresh what they minted', async () => {
    const admin = await shared()
    const next = {
      identifier: 'd2c9a0e35f7b41868e0c4b7f93a1d526',
      secrets: ['a81f0c5e6b939f27c1d80b6e45a3a8d4'] as const,
    }
    const both = await containerWith([next, { identifier: clientId, secrets: [oldSecret] }])
    testApp.clock.pass(2 * hour)
    const request = { tenantId: admin.tenantId, provider: 'teamleader', minTtlMs: 0 } as const
    await both.getAccessToken.obtain(request)
    const nonce = both.random.secret()
    const state = await both.startAuthorization.begin(admin, 'teamleader', nonce, 'shared')
    const url = await both.startAuthorization.destination(admin, 'teamleader', state, nonce)
    expect(new URL(url ?? '').searchParams.get('client_id')).toBe(next.identifier)
    await both.close()
  })
})
