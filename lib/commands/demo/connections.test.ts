import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { jeanBaptiste, marie, testoProSync } from '#lib/sandbox/teamleader/seeds.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { startMailServer } from '#lib/testing/servers/mail-server.ts'
import { demoPeople, demoTenants, seedAccounts } from './accounts.ts'
import { seedConnections } from './connections.ts'

let testApp: TestApp
let mails: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  mails = await startMailServer()
  testApp = await openTestApp(mails.settings)
})
afterAll(async () => {
  await testApp.close()
  await mails.close()
})

/** What each start of the demo does. */
const start = async () => {
  await seedAccounts(testApp.app)
  await seedConnections(testApp.app, testApp.env.teamleader.apiUrl)
}

const adminOf = async (address: string) => {
  const user = (await testApp.app.store.accounts.findSignIn(address))?.user
  if (user?.role !== 'admin') throw new Error('the admin is not there')
  return user
}

const standOf = async (tenant: { ref: string }, provider: ProviderId = 'teamleader') => {
  const id = (await testApp.app.store.accounts.findTenantByRef(tenant.ref))?.id
  const record = id && (await testApp.app.store.authorizations.find(id, provider))
  return record
    ? `${record.status.state} ${record.status.reason ?? '-'} ${record.tokenSet?.account?.name ?? '-'}`
    : null
}

const stands = async () => ({
  empty: await standOf(demoTenants.atelier),
  healthy: await standOf(demoTenants.vandenbroeck),
  v1: await standOf(demoTenants.claes, 'teamleader-v1'),
  broken: await standOf(demoTenants.lambert),
})

const seeded = {
  healthy: 'connected - Jean-Baptiste Vandenbroeck',
  v1: 'connected - -',
  broken: 'reconnect_required revoked Thomas Lambert',
}

test('the demo has a customer in each state, and people by their names', async () => {
  await start()
  expect(await stands()).toEqual({ empty: 'unconfigured - -', ...seeded })
  for (const { email, name, role, password } of demoPeople) {
    const session = await testApp.app.signIn.begin({ email, password, ip: null })
    expect(session.user).toMatchObject({ name, role })
  }
})

test('support’s digest tells of them, whatever the hour', async () => {
  while ((await testApp.app.dispatchDeliveries()) > 0);
  const [digest] = await mails.mailsTo('support@pro-plus.example')
  expect(digest?.text).toContain(`- ${demoTenants.lambert.name} (${demoTenants.lambert.ref})`)
})

test('what was connected works again once the bac à sable has forgotten everything; the broken one stays broken', async () => {
  const admin = await adminOf(marie.email)
  const { clientId, clientSecret } = testoProSync
  await testApp.app.saveSettings(admin, 'teamleader', { revision: 0, enabled: true, clientId, clientSecret })
  await testApp.connect(admin, testoProSync)
  await testApp.control.reset()
  await start()
  const { tenantId } = await adminOf('jean-baptiste.vandenbroeck@vandenbroeck-fils.example')
  for (const tenant of [admin.tenantId, tenantId]) await testApp.app.refreshDueTokens.refreshNow(tenant, 'teamleader')
  expect(await stands()).toEqual({ empty: 'connected - Marie Delvaux', ...seeded })
})

test('its healthy customer has some thousand records to read, the same at each start', async () => {
  const ids = () => [...testApp.records(jeanBaptiste.account.id).all('companies').keys()]
  const before = ids()
  expect(before.length).toBeGreaterThan(2_000)
  await start()
  expect(ids()).toEqual(before)
  await testApp.app.copies.adopt()
  await testApp.app.copies.readDue()
  const { tenantId } = await adminOf(jeanBaptiste.email)
  const lists = await testApp.app.store.sync.status(tenantId)
  expect(lists.map(({ records }) => records)).toContain(100)
})

test('what its visitor paused is left alone', async () => {
  const admin = await adminOf(marie.email)
  await testApp.app.switchConnection(admin, 'teamleader', false)
  await start()
  expect(await testApp.record(admin)).toMatchObject({ enabled: false })
})
