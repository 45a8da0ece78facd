import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import { wholeJournal } from '#lib/domain/journal/journal-view.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'

let mails: MailServer
let testApp: TestApp
beforeEach(async () => {
  mails = await startMailServer()
  testApp = await openTestApp(mails.settings)
})
afterEach(async () => {
  await testApp.close()
  await mails.close()
})

const operator = { kind: 'operator' } as const

/** Somebody of support, at work for the tenant of this admin. */
const assisting = async ({ tenantId }: Admin) => {
  const email = `${testApp.app.random.uuid()}@pro-plus.example`
  const account = { email, role: 'support', tenantId: null, password: 'une phrase assez longue' } as const
  const { userId } = await testApp.app.createAccounts.addUser(account, operator)
  testApp.clock.move(1_000)
  return { id: userId, ip: '192.0.2.7', tenantId }
}

/** What the journal last said of a tenant, and who caused it. */
/** The newest of its kind: entries of one instant have no order. */
const lastOf = async ({ tenantId }: Admin, event: JournalEvent) => {
  const filter = { ...wholeJournal, events: [event] }
  const [last] = await testApp.app.store.journal.list(tenantId, filter, null, 1)
  return last
}

const bySupport = { ip: '192.0.2.7', actor: { user: { role: 'support' } } }

describe('pausing for a customer', () => {
  test('stops the connection and starts it again where it was, under the name of support', async () => {
    const { admin } = await testApp.connected()
    const by = await assisting(admin)
    const { turn } = testApp.app.assistConnection
    const before = await testApp.record(admin)
    await turn(by, 'teamleader', false, before.revision)
    const paused = await testApp.record(admin)
    expect(paused).toMatchObject({ enabled: false, paused: { by: expect.any(String) }, status: before.status })
    expect(await lastOf(admin, 'settings.saved')).toMatchObject({
      ...bySupport,
      event: 'settings.saved',
      detail: { enabled: false },
    })
    const asked = testApp.app.getAccessToken.obtain({ ...admin, provider: 'teamleader', minTtlMs: 0 })
    await expect(asked).rejects.toMatchObject({ code: 'connection_disabled' })
    await turn(by, 'teamleader', true, paused.revision)
    expect(await testApp.record(admin)).toMatchObject({ enabled: true, paused: null, client: before.client })
    await testApp.app.getAccessToken.obtain({ ...admin, provider: 'teamleader', minTtlMs: 0 })
  })

  test('overwrites nothing that was edited meanwhile, and is no error when it is so already', async () => {
    const { admin } = await testApp.connected()
    const by = await assisting(admin)
    const { turn } = testApp.app.assistConnection
    const { revision } = await testApp.record(admin)
    await turn(by, 'teamleader', false, revision)
    await turn(by, 'teamleader', false, revision)
    await expect(turn(by, 'teamleader', true, revision)).rejects.toMatchObject({ code: 'edited_elsewhere' })
    expect(await testApp.record(admin)).toMatchObject({ enabled: false, revision: revision + 1 })
  })

  test('waits until there is something to pause', async () => {
    const admin = await testApp.addAdmin()
    const turned = testApp.app.assistConnection.turn(await assisting(admin), 'teamleader', false, 0)
    await expect(turned).rejects.toMatchObject({ code: 'not_connected' })
  })
})

describe('retrying for a customer', () => {
  test('asks at once, not when the next attempt was due, and says what came of it', async () => {
    const { admin, integration } = await testApp.connected()
    const by = await assisting(admin)
    const { retry } = testApp.app.assistConnection
    await testApp.control.script({ clientId: integration.clientId }, [{ status: 503 }])
    await retry(by, 'teamleader')
    expect((await testApp.record(admin)).status).toMatchObject({ state: 'degraded', attempts: 1 })
    const outcome = 'provider_unavailable'
    expect(await lastOf(admin, 'connection.retried')).toMatchObject({
      ...bySupport,
      event: 'connection.retried',
      outcome,
    })
    testApp.clock.move(1_000)
    await retry(by, 'teamleader')
    expect((await testApp.record(admin)).status).toMatchObject({ state: 'connected', attempts: 0 })
    expect(await lastOf(admin, 'connection.retried')).toMatchObject({
      ...bySupport,
      event: 'connection.retried',
      outcome: 'ok',
    })
  })

  test('leaves a paused connection alone', async () => {
    const { admin, integration } = await testApp.connected()
    const by = await assisting(admin)
    const { retry, turn } = testApp.app.assistConnection
    await turn(by, 'teamleader', false, (await testApp.record(admin)).revision)
    const calls = await testApp.calls(integration.clientId)
    await expect(retry(by, 'teamleader')).rejects.toMatchObject({ code: 'connection_disabled' })
    await expect(retry(by, 'teo')).rejects.toMatchObject({ code: 'not_connected' })
    expect(await testApp.calls(integration.clientId)).toBe(calls)
  })
})

describe('asking a customer to reconnect', () => {
  test('mails the active admins a plain link, once an hour', async () => {
    const { admin } = await testApp.connected()
    const by = await assisting(admin)
    const invited = { email: 'invited@example.org', role: 'admin', tenantId: admin.tenantId, password: null } as const
    await testApp.app.createAccounts.addUser(invited, operator)
    const { askToReconnect } = testApp.app.assistConnection
    for (const _ of [1, 2]) await askToReconnect(by, 'teamleader')
    expect(await lastOf(admin, 'connection.reconnect_asked')).toMatchObject({
      ...bySupport,
      event: 'connection.reconnect_asked',
      outcome: 'ok',
    })
    while ((await testApp.app.dispatchDeliveries()) > 0);
    expect(mails.received.flatMap(({ recipients }) => recipients)).toEqual([admin.email])
    expect(mails.received[0]?.text).toContain(`${testApp.app.publicUrl}/administratif/cle-de-securite\n`)
    testApp.clock.move(3_600_000)
    await askToReconnect(by, 'teamleader')
    while ((await testApp.app.dispatchDeliveries()) > 0);
    expect(mails.received).toHaveLength(2)
  })

  test('says so when nobody can be asked', async () => {
    const tenantId = await testApp.app.createAccounts.addTenant({ name: 'Seul', ref: null }, operator)
    if (!tenantId) throw new Error('the tenant is not there')
    const asked = testApp.app.assistConnection.askToReconnect({ id: 'support', tenantId }, 'teamleader')
    await expect(asked).rejects.toMatchObject({ code: 'nobody_to_ask' })
  })

  test('says so where no mail can be sent', async () => {
    const mute = await openTestApp()
    try {
      const { tenantId } = await mute.addAdmin()
      const asked = mute.app.assistConnection.askToReconnect({ id: 'support', tenantId }, 'teamleader')
      await expect(asked).rejects.toMatchObject({ code: 'mail_missing' })
    } finally {
      await mute.close()
    }
  })
})
