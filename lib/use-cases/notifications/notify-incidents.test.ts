import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import type { Admin, Locale, Role } from '#lib/domain/accounts/user.ts'
import { digestDay } from '#lib/domain/notifications/digest.ts'
import { type ConnectedTenant, connectedTenant, inDatabase, minute } from '#lib/testing/app/connected-tenant.ts'
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

const delay = 15_000
const hour = 60 * minute
const wrongly = { status: 400, body: { error: 'invalid_grant', hint: 'Token has been revoked' }, times: 1_000 }

/** What the background work does by itself, once. */
const turn = async () => {
  await testApp.app.notifyIncidents()
  while ((await testApp.app.dispatchDeliveries()) > 0);
}

/** A tenant whose token was revoked, as the next refresh finds out. */
const broken = async (tenant?: ConnectedTenant) => {
  const found = tenant ?? (await connectedTenant(testApp))
  await found.script([{ revoke: true }])
  testApp.clock.move(25 * hour)
  await testApp.work()
  return found
}

const colleague = async ({ tenantId }: Admin, locale: Locale, role: Role = 'admin') => {
  const email = `${locale}-${role}@atelier.example`
  const { userId } = await testApp.app.createAccounts.addUser(
    { email, role, tenantId: role === 'support' ? null : tenantId, password: 'une phrase assez longue' },
    { kind: 'operator' },
  )
  await testApp.app.store.accounts.setLocale(userId, locale)
  return { userId, email }
}

const disable = (userId: string) =>
  inDatabase(testApp, async ({ q, tables: { users } }) => {
    await q.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId))
  })

const subjects = () => mails.received.map(({ subject }) => subject)

describe('an incident', () => {
  test('is mailed to each active admin of its tenant, once, in their language, after a delay', async () => {
    const tenant = await connectedTenant(testApp)
    const { admin } = tenant
    const dutch = await colleague(admin, 'nl')
    const gone = await colleague(admin, 'en')
    await colleague(admin, 'fr', 'reader')
    await broken(tenant)
    await turn()
    expect(mails.received).toEqual([])
    testApp.clock.move(delay)
    await testApp.app.notifyIncidents()
    await disable(gone.userId)
    await turn()
    await turn()
    expect(mails.received.map(({ recipients }) => recipients[0]).sort()).toEqual([admin.email, dutch.email].sort())
    const [french] = await mails.mailsTo(admin.email)
    expect(french?.subject).toBe('Atelier Delvaux SRL : Teamleader est à reconnecter')
    expect(french?.text).toContain('l’intégration y a été enregistrée de nouveau ou supprimée')
    expect(french?.text).toMatch(/Cela dure depuis le \d+ \S+ \d{4}/)
    expect(french?.text).toContain('les données déjà reçues restent lisibles')
    expect(french?.text.split('\n')).toContain(`${testApp.app.publicUrl}/administratif/cle-de-securite`)
    expect((await mails.mailsTo(dutch.email))[0]?.subject).toBe(
      'Atelier Delvaux SRL: Teamleader moet opnieuw verbonden worden',
    )
    const journal = await testApp.journal(admin)
    expect(journal.filter((entry) => /^(incident|alert|delivery)/.test(entry)).sort()).toEqual([
      'alert.sent ok',
      'alert.sent ok',
      'delivery.overtaken ok',
      'incident.opened revoked',
    ])
  })

  test('is notified once by two processes that find it together', async () => {
    const { admin } = await broken()
    const other = await createContainer(testApp.env, { clock: testApp.clock })
    testApp.clock.move(delay)
    const processes = [testApp.app, other, testApp.app, other]
    await Promise.all(processes.map(({ notifyIncidents }) => notifyIncidents()))
    await Promise.all(processes.map(({ dispatchDeliveries }) => dispatchDeliveries()))
    expect(await mails.mailsTo(admin.email)).toHaveLength(1)
    await other.close()
  })

  test('that closes is notified once; one that nobody was notified of is not', async () => {
    const [notified, unnotified] = [await broken(), await broken()]
    await testApp.connect(unnotified.admin, unnotified.integration)
    testApp.clock.move(delay)
    await turn()
    await testApp.connect(notified.admin, notified.integration)
    await turn()
    await testApp.work()
    await turn()
    expect(subjects()).toEqual([
      'Atelier Delvaux SRL : Teamleader est à reconnecter',
      'Atelier Delvaux SRL : Teamleader est de nouveau connecté',
    ])
    expect(mails.received.every(({ recipients }) => recipients[0] === notified.admin.email)).toBe(true)
    expect(await testApp.journal(notified.admin)).toEqual(
      expect.arrayContaining(['incident.closed ok', 'recovery.sent ok']),
    )
  })

  test('that ends with « Déconnecter » has no recovery', async () => {
    const { admin } = await broken()
    testApp.clock.move(delay)
    await turn()
    await testApp.app.disconnect(admin, 'teamleader')
    await turn()
    expect(subjects()).toEqual(['Atelier Delvaux SRL : Teamleader est à reconnecter'])
  })

  test('of a passing failure blames nobody', async () => {
    const tenant = await connectedTenant(testApp)
    await tenant.script([{ status: 503, times: 99 }])
    testApp.clock.move(25 * hour)
    await testApp.work()
    await turn()
    expect(mails.received).toEqual([])
    testApp.clock.move(16 * minute)
    await testApp.work()
    testApp.clock.move(delay)
    await turn()
    const [mail] = await mails.mailsTo(tenant.admin.email)
    expect(mail?.subject).toBe('Atelier Delvaux SRL : Teamleader ne donne plus d’accès')
    expect(mail?.text).toContain('Ni votre compte ni vos identifiants ne sont en cause')
    expect(mail?.text).toContain('nous vous écrirons dès que la connexion fonctionnera de nouveau')
  })

  test('of a paused connection is notified to nobody', async () => {
    const tenant = await broken()
    await tenant.save({ enabled: false })
    testApp.clock.move(hour)
    await turn()
    expect(mails.received).toEqual([])
  })

  test('is mailed once the mail server is back, and not when it is over by then', async () => {
    const [lasting, short] = [await broken(), await broken()]
    mails.answer('refuses')
    testApp.clock.move(delay)
    await turn()
    await testApp.connect(short.admin, short.integration)
    await turn()
    expect(mails.received).toEqual([])
    mails.answer('takes')
    testApp.clock.move(2 * minute)
    await turn()
    const [mail, recovery] = [await mails.mailsTo(lasting.admin.email), await mails.mailsTo(short.admin.email)]
    expect(mail.map(({ subject }) => subject)).toEqual(['Atelier Delvaux SRL : Teamleader est à reconnecter'])
    expect(recovery.map(({ subject }) => subject)).toEqual(['Atelier Delvaux SRL : Teamleader est de nouveau connecté'])
    const log = await testApp.app.store.deliveries.list(lasting.admin.tenantId, 5)
    expect(log).toMatchObject([{ attempts: 2, lastAnswer: '250' }])
  })
})

describe('a provider that refuses everybody', () => {
  test('alarms nobody', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => connectedTenant(testApp)))
    await testApp.control.script({}, [wrongly])
    testApp.clock.move(hour)
    // one after the other: the first four look like four customers who removed the integration
    for (const { obtain } of all) {
      await obtain().catch(() => {})
      await turn()
      testApp.clock.move(2_500)
    }
    for (let seconds = 0; seconds < 8 * 60; seconds += 30) {
      await testApp.app.refreshDueTokens.sweep()
      await testApp.app.refreshDueTokens.refreshDue()
      await turn()
      testApp.clock.move(30_000)
    }
    await Promise.all(all.map(({ script }) => script([{ on: 'token', times: 1_000 }])))
    testApp.clock.move(2 * minute)
    await testApp.work()
    await turn()
    expect(mails.received).toEqual([])
  })
})

describe('in the morning', () => {
  const goTo = (wanted: boolean) => {
    do testApp.clock.move(10 * minute)
    while ((digestDay(testApp.clock.now(), 'Europe/Brussels') !== null) !== wanted)
  }

  test('support reads who is in need, once a day whatever number of processes there are', async () => {
    const tenant = await connectedTenant(testApp)
    const support = await colleague(tenant.admin, 'en', 'support')
    goTo(true)
    goTo(false)
    await broken(tenant)
    const other = await createContainer(testApp.env, { clock: testApp.clock })
    const morning = async () => {
      await Promise.all([testApp.app, other, other].map(({ queueDigest }) => queueDigest()))
      await turn()
      return (await mails.mailsTo(support.email, 0)).length
    }
    if (digestDay(testApp.clock.now(), 'Europe/Brussels') === null) expect(await morning()).toBe(0)
    goTo(true)
    expect(await morning()).toBe(1)
    expect(await morning()).toBe(1)
    const [digest] = await mails.mailsTo(support.email)
    expect(digest?.subject).toBe('This morning: 1 customer needs help')
    expect(digest?.text).toMatch(/- Atelier Delvaux SRL: Teamleader, Reconnection needed since \d+ \w+ \d{4}/)
    expect(digest?.text.split('\n')).toContain(`${testApp.app.publicUrl}/support`)
    goTo(false)
    goTo(true)
    expect(await morning()).toBe(2)
    await other.close()
  })

  test('nobody is written to about nothing', async () => {
    const { admin } = await testApp.connected()
    const support = await colleague(admin, 'fr', 'support')
    goTo(true)
    await testApp.app.queueDigest()
    await turn()
    expect(await mails.mailsTo(support.email, 0)).toEqual([])
  })
})
