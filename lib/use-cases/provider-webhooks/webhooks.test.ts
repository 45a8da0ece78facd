import { afterEach, beforeEach, expect, test } from 'vitest'
import { POST } from '#app/api/webhooks/teamleader/[secret]/route.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

const day = 86_400_000
const second = 1_000

let testApp: TestApp
beforeEach(async () => {
  testApp = await openTestApp()
  Object.assign(globalThis, { porteClesContainer: Promise.resolve(testApp.app) })
})
afterEach(async () => {
  Object.assign(globalThis, { porteClesContainer: undefined })
  await testApp.close()
})

/** Looks at what is due, and at nothing else. */
const look = async () => {
  await testApp.app.webhooks.beginDue()
  await testApp.app.webhooks.settle()
}

const connected = async () => {
  const { admin, integration } = await testApp.connected()
  const { clientId } = integration
  const registered = async () =>
    (await testApp.control.journal(clientId)).webhooks.filter(({ client_id }) => client_id === clientId)
  return { admin, clientId, integration, registered }
}

const secretIn = (url: string) => url.slice(url.lastIndexOf('/') + 1)

const post = (secret: string, body: unknown) =>
  POST(
    new Request(`http://localhost:3000/api/webhooks/teamleader/${secret}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
    { params: Promise.resolve({ secret }) },
  )

const hints = async ({ tenantId }: Admin) => {
  testApp.clock.pass(2 * second)
  const found = await testApp.app.store.webhooks.claimHints(['companies', 'contacts'], 100, 1, testApp.clock.now())
  return found.filter((hint) => hint.tenantId === tenantId)
}

test('a connection is told what changes, at an address that only the provider knows', async () => {
  const { admin, registered } = await connected()
  await look()
  const [only, ...others] = await registered()
  expect(others).toEqual([])
  expect(only?.url).toMatch(/^http:\/\/localhost:3000\/api\/webhooks\/teamleader\/[\w-]{43}$/)
  expect(await testApp.journal(admin)).toContain('webhooks.registered ok')
  const secret = secretIn(only?.url ?? '')
  const told = { type: 'company.updated', subject: { type: 'company', id: 'c-1' }, company: { name: 'Never stored' } }
  for (let n = 0; n < 5; n += 1) expect((await post(secret, told)).status).toBe(204)
  expect((await post(secret, { type: 'contact.deleted', data: { id: 'p-1' } })).status).toBe(204)
  expect(await hints(admin)).toEqual([
    { tenantId: admin.tenantId, kind: 'companies', id: 'c-1', told: 5 },
    { tenantId: admin.tenantId, kind: 'contacts', id: 'p-1', told: 1 },
  ])
})

test('who does not know the secret is told nothing; what cannot be read is taken and forgotten', async () => {
  const { admin, registered } = await connected()
  await look()
  const secret = secretIn((await registered())[0]?.url ?? '')
  for (const guess of ['', 'a-guess', 'a'.repeat(43), `${secret}x`]) expect((await post(guess, {})).status).toBe(404)
  for (const body of ['', 'no json', '[]', { type: 'deal.created', subject: { id: 'd-1' } }])
    expect((await post(secret, body)).status).toBe(204)
  expect((await post(secret, 'a'.repeat(64 * 1024 + 1))).status).toBe(413)
  expect(await hints(admin)).toEqual([])
})

test('a tenant is taken six hundred notifications a minute, and no other tenant is held up', async () => {
  const [loud, quiet] = [await connected(), await connected()]
  await look()
  const secret = secretIn((await loud.registered())[0]?.url ?? '')
  const unknown = { type: 'deal.created' }
  for (let n = 0; n < 600; n += 1) await post(secret, unknown)
  expect((await post(secret, unknown)).status).toBe(429)
  expect((await post(secretIn((await quiet.registered())[0]?.url ?? ''), unknown)).status).toBe(204)
  testApp.clock.age(60 * second)
  expect((await post(secret, unknown)).status).toBe(204)
})

test('once a day what is missing is registered again, and what else is ours is taken away', async () => {
  const { admin, clientId, registered } = await connected()
  await look()
  const [before] = await registered()
  await testApp.app.store.webhooks.expect((await testApp.record(admin)).id, hashOf(before?.url ?? ''), 'lost')
  await look()
  expect(await registered()).toEqual([before])
  testApp.clock.pass(1.2 * day)
  await look()
  const [after, ...others] = await registered()
  expect(others).toEqual([])
  expect(after?.url).not.toBe(before?.url)
  expect((await post(secretIn(before?.url ?? ''), {})).status).toBe(404)
  const asked = await testApp.calls(clientId, 'webhooks.register')
  testApp.clock.pass(1.2 * day)
  await look()
  expect(await registered()).toEqual([after])
  expect(await testApp.calls(clientId, 'webhooks.register')).toBe(asked)
})

const hashOf = (url: string) => testApp.app.random.hash(secretIn(url))

test('a connection that is made anew has a new secret alone', async () => {
  const { admin, integration, registered } = await connected()
  await look()
  const [before] = await registered()
  await testApp.connect(admin, integration)
  await look()
  const [after, ...others] = await registered()
  expect(others).toEqual([])
  expect(after?.url).not.toBe(before?.url)
})

test('two tenants of one account keep what is registered for the other', async () => {
  const { integration, registered } = await connected()
  const second = await testApp.addAdmin('Atelier Delvaux, compta')
  const { clientId, clientSecret } = integration
  await testApp.app.saveSettings(second, 'teamleader', { revision: 0, enabled: true, clientId, clientSecret })
  await testApp.connect(second, integration)
  await look()
  testApp.clock.pass(1.2 * day)
  await look()
  expect(await registered()).toHaveLength(2)
})

test('a provider that allows none is not asked again before a day, and the journal says so', async () => {
  const { admin, clientId, registered } = await connected()
  const refusal = { status: 403, body: { errors: [{ title: 'Forbidden', status: 403 }] } }
  await testApp.control.script({ clientId }, [{ on: 'webhooks.register', ...refusal }])
  await look()
  expect(await registered()).toEqual([])
  expect(await testApp.app.store.webhooks.status(admin.tenantId)).toMatchObject({ state: 'forbidden' })
  expect(await testApp.journal(admin)).toContain('webhooks.forbidden read_forbidden')
  testApp.clock.pass(0.5 * day)
  await look()
  expect(await testApp.calls(clientId, 'webhooks.register')).toBe(1)
  testApp.clock.pass(day)
  await look()
  expect(await registered()).toHaveLength(1)
})

test('« Déconnecter » takes ours away at the provider', async () => {
  const { admin, registered } = await connected()
  await look()
  const secret = secretIn((await registered())[0]?.url ?? '')
  await testApp.app.disconnect(admin, 'teamleader')
  expect(await registered()).toEqual([])
  expect((await post(secret, {})).status).toBe(404)
})

test('an account that is said to be closed is read once, and only then believed', async () => {
  const { admin, clientId, registered } = await connected()
  await look()
  const secret = secretIn((await registered())[0]?.url ?? '')
  const closed = { type: 'account.deactivated', subject: { type: 'account', id: 'any' } }
  await post(secret, closed)
  testApp.clock.pass(2 * second)
  const before = await testApp.calls(clientId, 'companies.list')
  await testApp.app.verifyAccounts()
  expect((await testApp.calls(clientId, 'companies.list')) - before).toBe(1)
  expect((await testApp.record(admin)).status.state).toBe('connected')
  await testApp.control.script({ clientId }, [{ revoke: true }])
  await post(secret, closed)
  testApp.clock.pass(2 * second)
  await testApp.app.verifyAccounts()
  expect((await testApp.record(admin)).status.state).toBe('reconnect_required')
})
