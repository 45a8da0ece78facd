import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { SupportUser } from '#lib/domain/accounts/user.ts'
import { wholeJournal } from '#lib/domain/journal/journal-view.ts'
import { type AccountsApp, openAccountsApp, operator, passphrase } from '#lib/testing/app/accounts-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'

let mail: MailServer
let accountsApp: AccountsApp
let support: SupportUser

const open = async (settings: Record<string, string>) => {
  accountsApp = await openAccountsApp(settings)
  const [email, role] = ['support@pro-plus.example', 'support'] as const
  await accountsApp.app.createAccounts.addUser({ email, role, tenantId: null, password: passphrase }, operator)
  const found = await accountsApp.app.store.accounts.findSignIn(email)
  if (found?.user.role !== 'support') throw new Error('no support user')
  support = found.user
}

beforeAll(async () => {
  mail = await startMailServer()
})
beforeEach(async () => {
  mail.answer('takes')
  mail.received.length = 0
  await open(mail.settings)
})
afterEach(() => accountsApp.close())
afterAll(() => mail.close())

const id = () => accountsApp.app.random.uuid() as TenantId

const bois = { name: ' Bois & Fils ', ref: ' 4711 ' }
const jean = { email: 'Jean@Bois.example', name: 'Jean Bois', locale: 'nl' } as const

test('a customer is added once, however often the form is sent; a reference belongs to one', async () => {
  const given = id()
  const added = await Promise.all(
    [1, 2, 3].map(() => accountsApp.app.onboardTenant.add(support, { id: given, ...bois })),
  )
  expect(added).toEqual([given, given, given])
  expect(await accountsApp.app.store.accounts.findTenant(given)).toEqual({
    id: given,
    name: 'Bois & Fils',
    ref: '4711',
    archivedAt: null,
  })
  expect((await accountsApp.journal()).filter((line) => line === 'tenant.created ok')).toHaveLength(1)
  const other = accountsApp.app.onboardTenant.add(support, { id: id(), name: 'Autre', ref: '4711' })
  await expect(other).rejects.toMatchObject({ code: 'ref_taken' })
  const typedOver = await accountsApp.app.onboardTenant.add(support, { id: given, name: 'Autre', ref: '' })
  expect(await accountsApp.app.store.accounts.findTenant(typedOver)).toMatchObject({ name: 'Autre', ref: null })
})

test('the first admin is mailed a link that support never sees, in their language; a failed mail is sent again', async () => {
  const tenantId = await accountsApp.app.onboardTenant.add(support, { id: id(), ...bois })
  const tenant = { id: tenantId, name: 'Bois & Fils', ref: '4711' }
  const invite = () => accountsApp.app.onboardTenant.inviteFirstAdmin(support, tenant, jean)
  mail.answer('refuses')
  await expect(invite()).rejects.toMatchObject({ code: 'first_admin_unsent' })
  mail.answer('takes')
  expect(await invite()).toEqual({ kind: 'mailed' })
  const [received] = await mail.mailsTo('jean@bois.example')
  expect(received?.subject).toBe('Uw toegang tot Porte-clés')
  const token = received?.text.match(/invitation\/([\w-]+)/)?.[1] ?? ''
  await accountsApp.app.acceptInvitation.enter({ token, name: null, password: passphrase })
  await expect(invite()).rejects.toMatchObject({ code: 'had_admin' })
  expect(mail.received).toHaveLength(1)
})

test('without a mail server support is shown the link, once each time, and the journal says so', async () => {
  await accountsApp.close()
  await open({})
  const tenantId = await accountsApp.app.onboardTenant.add(support, { id: id(), ...bois })
  const tenant = { id: tenantId, name: 'Bois & Fils', ref: null }
  const invite = async () => {
    const delivery = await accountsApp.app.onboardTenant.inviteFirstAdmin(support, tenant, jean)
    if (delivery.kind !== 'shown') throw new Error('the link was not shown')
    return delivery.link.split('/invitation/')[1] ?? ''
  }
  const enter = (token: string) => accountsApp.app.acceptInvitation.enter({ token, name: null, password: passphrase })
  const [first, second] = [await invite(), await invite()]
  await expect(enter(first)).rejects.toMatchObject({ code: 'link_dead' })
  await enter(second)
  await expect(invite()).rejects.toMatchObject({ code: 'had_admin' })
  const told = await accountsApp.app.store.journal.list(tenantId, wholeJournal, null, 100)
  const invited = told.filter(({ event }) => event === 'user.invited')
  expect(invited.map(({ actor, detail }) => [actor.user?.role, detail.linkShown])).toEqual([
    ['support', true],
    ['support', true],
  ])
})
