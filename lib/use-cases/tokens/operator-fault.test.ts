import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Container, createContainer } from '#lib/composition/container.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { SharedClient } from '#lib/domain/connections/operator-client.ts'
import { digestDay } from '#lib/domain/notifications/digest.ts'
import { settleAfterMs } from '#lib/domain/tokens/refresh-policy.ts'
import { minute, refusal } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'

const identifier = '5b0d4e6f1c2a4837b9e80f6d2a71c354'
const secret = '9f27c1d80b6e45a3a8d4172f0c5e6b93'
const other = '0e6b93f27c1d845a3a8d4172f0c5b9f2'
const hour = 60 * minute

let mails: MailServer
let testApp: TestApp
/** The process that runs now: a change of the settings is a new one. */
let app: Container
let admin: Admin

const configure = async (sharedClients: readonly SharedClient[]) => {
  const { env, clock } = testApp
  const settings = { ...env, teamleader: { ...env.teamleader, sharedClients } }
  await app.close()
  app = await createContainer(settings, { clock, monotonicMs: clock.monotonicMs })
  clock.age(settleAfterMs)
}

beforeEach(async () => {
  mails = await startMailServer()
  testApp = await openTestApp({ ...mails.settings, TEAMLEADER_CLIENTS: `${identifier}:${secret}` })
  const { env, clock } = testApp
  app = await createContainer(env, { clock, monotonicMs: clock.monotonicMs })
  await testApp.control.integrate({ clientId: identifier, clientSecret: secret, redirectUris: [testApp.callback] })
  admin = await testApp.addAdmin()
  await testApp.connect(admin, { clientId: identifier }, undefined, 'shared')
})
afterEach(async () => {
  await app.close()
  await testApp.close()
  await mails.close()
})

const work = async () => {
  await app.refreshDueTokens.sweep()
  while ((await app.refreshDueTokens.refreshDue()) > 0);
  await app.notifyIncidents()
  while ((await app.dispatchDeliveries()) > 0);
}

const obtain = () => app.getAccessToken.obtain({ tenantId: admin.tenantId, provider: 'teamleader', minTtlMs: 0 })

const goTo = (wanted: boolean) => {
  do testApp.clock.pass(10 * minute)
  while ((digestDay(testApp.clock.now(), 'Europe/Brussels') !== null) !== wanted)
}

const faults = {
  'its settings are gone': () => configure([]),
  'its secret is refused': () => configure([{ identifier, secrets: [other] }]),
  'both of its secrets are refused': () => configure([{ identifier, secrets: [other, other.replaceAll('0', 'a')] }]),
}

test.each(Object.entries(faults))(
  '%s: support alone is told, and all goes on once they are right',
  async (_, fault) => {
    const token = await obtain()
    await fault()
    testApp.clock.pass(59 * minute)
    await work()
    const degraded = { state: 'degraded', reason: 'provider_configuration' }
    expect((await testApp.record(admin)).status).toMatchObject(degraded)
    // what is valid is served all the same
    expect(await obtain()).toMatchObject({ accessToken: token.accessToken })

    testApp.clock.pass(hour)
    for (let turns = 0; turns < 4; turns += 1) {
      testApp.clock.pass(20 * minute)
      await work()
    }
    await expect(obtain()).rejects.toEqual(refusal('provider_unavailable'))
    expect((await testApp.record(admin)).status).toMatchObject(degraded)
    expect(await testApp.view(admin)).toMatchObject({
      ...{ headline: 'degraded', tone: 'warn', through: 'shared' },
      problem: { code: 'provider_configuration', through: 'shared' },
    })
    expect(await testApp.incidents(admin)).toEqual([])
    expect(await app.store.incidents.listBroken(admin.tenantId)).toEqual([])
    expect(mails.received).toEqual([])
    expect((await app.countConnections()).operatorFault).toBe(1)

    const support = { email: 'support@pro-plus.example', role: 'support', tenantId: null } as const
    const { userId } = await app.createAccounts.addUser(
      { ...support, password: 'une phrase assez longue' },
      { kind: 'operator' },
    )
    await app.store.accounts.setLocale(userId, 'en')
    goTo(true)
    await app.queueDigest()
    await work()
    expect(mails.received.map(({ recipients }) => recipients)).toEqual([[support.email]])
    expect(mails.received[0]?.text).toContain('TEAMLEADER_CLIENTS: 1 connection is waiting')

    await configure([{ identifier, secrets: [secret] }])
    testApp.clock.pass(20 * minute)
    await work()
    expect((await testApp.record(admin)).status).toMatchObject({ state: 'connected', reason: null })
    await obtain()
    expect((await app.countConnections()).operatorFault).toBe(0)
    expect(mails.received).toHaveLength(1)
    expect(await testApp.journal(admin)).toEqual(
      expect.arrayContaining(['token.failed provider_configuration', 'token.refreshed ok']),
    )
  },
)

test('a tenant whose own client is refused is told as ever', async () => {
  const own = await testApp.connected()
  await testApp.control.integrate({ ...own.integration, clientSecret: other })
  testApp.clock.pass(2 * hour)
  await work()
  expect((await testApp.record(own.admin)).status).toMatchObject({ state: 'misconfigured', reason: 'invalid_client' })
  expect((await app.countConnections()).operatorFault).toBe(0)
})
