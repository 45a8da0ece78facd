import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Admin, SupportUser } from '#lib/domain/accounts/user.ts'
import { wholeJournal } from '#lib/domain/journal/journal-view.ts'
import type { RequestKind } from '#lib/domain/support/bulk-request.ts'
import type { ConsoleView } from '#lib/domain/support/console-view.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'

const operator = { kind: 'operator' } as const
const all: ConsoleView = {
  ...{ prefixes: [], urgency: null, provider: null, failedSince: null },
  sort: { by: 'urgency', descending: false },
}
const hourMs = 3_600_000

describe.each(['SQLite', 'PostgreSQL'])('asking many customers on %s', (dialect) => {
  let mails: MailServer
  let testApp: TestApp
  let support: SupportUser
  beforeEach(async () => {
    mails = await startMailServer()
    testApp = await openTestApp(mails.settings, dialect)
    const email = 'anne@pro-plus.example'
    const account = { email, role: 'support', tenantId: null, password: 'une phrase assez longue' } as const
    await testApp.app.createAccounts.addUser(account, operator)
    const found = await testApp.app.store.accounts.findSignIn(email)
    if (found?.user.role !== 'support') throw new Error('no support')
    support = found.user
  })
  afterEach(async () => {
    await testApp.close()
    await mails.close()
  })

  const broken = async () => {
    const { admin, integration } = await testApp.connected()
    await testApp.control.script({ clientId: integration.clientId }, [{ revoke: true }])
    await testApp.app.refreshDueTokens.refreshNow(admin.tenantId, 'teamleader')
    return admin
  }

  const onV1 = async () => {
    const admin = await testApp.addAdmin()
    const keys = await testApp.control.issueV1Keys()
    await testApp.app.saveSettings(admin, 'teamleader-v1', {
      ...{ revision: 0, enabled: true, clientId: keys.group, clientSecret: keys.secret },
    })
    await testApp.app.requestClientCredentials(admin, 'teamleader-v1', true)
    return admin
  }

  const judged = async (kind: RequestKind, view: Partial<ConsoleView> = {}) =>
    new Map(
      (await testApp.app.askMany.preview(kind, { ...all, ...view }, null)).rows.map((row) => [row.tenant.id, row]),
    )

  const skippedOf = async (kind: RequestKind, { tenantId }: Admin, view: Partial<ConsoleView> = {}) =>
    (await judged(kind, view)).get(tenantId)?.skipped

  const askAll = async (kind: RequestKind) =>
    testApp.app.askMany.ask(
      support,
      kind,
      [...(await judged(kind)).values()].map(({ place }) => place.id),
    )

  const events = async ({ tenantId }: Admin, event: 'connection.reconnect_asked' | 'connection.upgrade_asked') =>
    (await testApp.app.store.journal.list(tenantId, { ...wholeJournal, events: [event] }, null, 9)).length

  test('shows who is asked and who is not, asks each once a day, and mails the active admins', async () => {
    const { askMany, createAccounts, manageTenants, store, dispatchDeliveries } = testApp.app
    const [one, two, lonely, archived] = [await broken(), await broken(), await broken(), await broken()]
    const { admin: well } = await testApp.connected()
    await createAccounts.disableUser(lonely.email, operator)
    const tenant = await store.accounts.findTenant(archived.tenantId)
    if (tenant) await manageTenants.archive(support, tenant)

    const shown = await judged('reconnect')
    expect([...shown.keys()].sort()).toEqual([one.tenantId, two.tenantId, lonely.tenantId].sort())
    expect(shown.has(well.tenantId)).toBe(false)
    for (const admin of [one, two]) expect(await skippedOf('reconnect', admin)).toBeNull()
    expect(await skippedOf('reconnect', lonely)).toBe('nobody_to_ask')
    expect(await skippedOf('reconnect', archived, { archived: true })).toBe('archived')
    expect((await judged('reconnect', { urgency: 'connected' })).size).toBe(0)

    const ids = [...shown.values()].map(({ place }) => place.id)
    const both = await Promise.all([askMany.ask(support, 'reconnect', ids), askMany.ask(support, 'reconnect', ids)])
    expect(both.reduce((sum, { asked }) => sum + asked, 0)).toBe(2)
    await dispatchDeliveries()
    const told = mails.received.filter(({ subject }) => subject.includes('reconnecter'))
    expect(told.flatMap(({ recipients }) => recipients).sort()).toEqual([one.email, two.email].sort())
    expect([
      await events(one, 'connection.reconnect_asked'),
      await events(lonely, 'connection.reconnect_asked'),
    ]).toEqual([1, 0])

    expect(await skippedOf('reconnect', one)).toBe('asked_lately')
    expect(await askAll('reconnect')).toMatchObject({ asked: 0 })
    testApp.clock.pass(25 * hourMs)
    expect(await skippedOf('reconnect', one)).toBeNull()
    expect(await askAll('reconnect')).toMatchObject({ asked: 2 })
  })

  test('asks those on V1 alone to move to V2, with the guide; paused ones are left alone', async () => {
    const { dispatchDeliveries, switchConnection } = testApp.app
    const [admin, paused] = [await onV1(), await onV1()]
    await switchConnection(paused, 'teamleader-v1', false)
    await testApp.connected()
    expect([...(await judged('upgrade')).keys()].sort()).toEqual([admin.tenantId, paused.tenantId].sort())
    expect(await skippedOf('upgrade', paused)).toBe('paused')
    expect((await judged('upgrade', { provider: 'teo' })).size).toBe(0)
    expect(await askAll('upgrade')).toEqual({ asked: 1, left: 1 })
    await dispatchDeliveries()
    const [mail] = mails.received.filter(({ recipients }) => recipients.includes(admin.email))
    expect(mail?.text).toContain('/administratif/guide')
    expect(await events(admin, 'connection.upgrade_asked')).toBe(1)
    // whatever it was asked: one a day
    expect(await skippedOf('upgrade', admin)).toBe('asked_lately')
  })

  test('sends nothing without a mail server', async () => {
    const other = await openTestApp({}, dialect)
    await expect(other.app.askMany.ask(support, 'reconnect', ['x'])).rejects.toMatchObject({ code: 'mail_missing' })
    await other.close()
  })
})
