import type { Browser, Page } from '@playwright/test'
import type { MailServer } from '../../lib/testing/servers/mail-server.ts'
import { expectAccessible } from '../harness/accessibility.ts'
import { enter, expect, fillSignIn, keyPage, signIn, test } from '../harness/customer.ts'
import { messages } from '../pages/tl-group-section.ts'

const { users, newAccess, invitation, forgotten, newPassword, failures } = messages
const usersPath = '/administratif/utilisateurs'
const luc = { email: 'luc@atelier-delvaux.example', name: 'Luc Peeters', password: 'cinq mots choisis par Luc' }

const linkIn = (text: string | undefined) => text?.match(/http:\S+/)?.[0] ?? ''

const lastLink = async (mails: MailServer, count: number) =>
  linkIn((await mails.mailsTo(luc.email, count)).at(-1)?.text)

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

const press = (page: Page, name: string, label: string) => row(page, name).getByRole('button', { name: label }).click()

const fillPasswords = async (page: Page, password: string) => {
  await page.getByLabel(newAccess.password, { exact: true }).fill(password)
  await page.getByLabel(newAccess.passwordAgain).fill(password)
}

const invite = async (page: Page, { email, name } = luc) => {
  const form = page.getByRole('region', { name: users.invite })
  await form.getByLabel(users.email).fill(email)
  await form.getByLabel(users.name, { exact: true }).fill(name)
  await form.getByRole('button', { name: users.submit }).click()
}

const elsewhere = async (browser: Browser, options = {}) => {
  const context = await browser.newContext({ locale: 'fr-BE', ...options })
  return context.newPage()
}

test('a colleague is invited, comes in, gets another role, forgets the password, and is out at once', async ({
  page,
  browser,
  customer,
  mails,
  server,
}) => {
  await enter(page, server, customer)
  await page.goto(usersPath)
  await invite(page, { ...luc, email: 'Luc' })
  await expect(page.getByText(failures.email_malformed.cause)).toBeVisible()
  await invite(page)
  await expect(page.getByText(users.done.invited)).toBeVisible()
  await expect(row(page, luc.name)).toContainText(users.states.invited)
  await invite(page)
  await expect(page.getByText(failures.user_known.cause)).toBeVisible()
  await expectAccessible(page)

  const second = await elsewhere(browser)
  await second.goto(await lastLink(mails, 1))
  await fillPasswords(second, luc.password)
  await second.getByRole('button', { name: invitation.submit }).click()
  await second.waitForURL(`${server.url}/administratif/journal`)
  for (const hidden of ['/administratif/guide', usersPath])
    expect((await second.request.get(`${server.url}${hidden}`)).status(), hidden).toBe(404)

  await page.reload()
  await press(page, luc.name, users.action.to_admin)
  await expect(row(page, luc.name).getByRole('status')).toHaveText(users.done.changed)
  await second.goto(`${server.url}/administratif/journal`)
  await second.waitForURL(/\/connexion\?next=/)
  await signIn(second, luc)
  await second.goto(`${server.url}${usersPath}`)
  await expect(row(second, luc.name).getByRole('button', { name: users.action.deactivate })).toHaveCount(0)

  // both pages are a moment old: of two admins who end each other's access, the second one has none any more
  await press(page, luc.name, users.action.deactivate)
  await expect(row(page, luc.name)).toContainText(users.states.deactivated)
  await second.getByRole('button', { name: users.action.deactivate }).first().click()
  await expect(second.getByText(failures.session_ended.cause)).toBeVisible()
  await press(page, luc.name, users.action.reactivate)
  await expect(row(page, luc.name)).toContainText(users.states.active)

  await second.goto('/connexion')
  await second.getByRole('link', { name: messages.signIn.forgotten }).click()
  for (const email of ['nobody@atelier-delvaux.example', luc.email]) {
    await second.getByLabel(forgotten.email).fill(email)
    await second.getByRole('button', { name: forgotten.submit }).click()
    await expect(second.getByText(forgotten.sent)).toBeVisible()
  }
  await expectAccessible(second)
  const link = await lastLink(mails, 2)
  const answer = await second.goto(link)
  expect(answer?.headers()).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  await expectAccessible(second)
  await fillPasswords(second, `${luc.password} encore`)
  await second.getByRole('button', { name: newPassword.submit }).click()
  await second.waitForURL(`${server.url}${keyPage}`)
  await second.goto(link)
  await expect(second.getByText(failures.link_used.cause)).toBeVisible()
  const token = link.split('/').at(-1) ?? ''
  expect(server.storedBytes().includes(token)).toBe(false)
  for (const secret of [token, luc.email]) expect(server.output()).not.toContain(secret)
  await second.context().close()
})

test('without JavaScript somebody is invited, comes in, and replaces a password', async ({
  browser,
  customer,
  mails,
  server,
}) => {
  const page = await elsewhere(browser, {
    javaScriptEnabled: false,
    baseURL: server.url,
    viewport: { width: 390, height: 844 },
  })
  const anne = { ...luc, email: 'anne@atelier-delvaux.example', name: 'Anne Lambert' }
  await enter(page, server, customer)
  await page.goto(usersPath)
  mails.answer('refuses')
  await invite(page, anne)
  await expect(page.getByText(failures.invitation_unsent.cause)).toBeVisible()
  mails.answer('takes')
  await press(page, anne.name, users.action.invite_again)
  await expect(row(page, anne.name).getByRole('status')).toHaveText(users.done.invited)
  await page.getByRole('button', { name: messages.shell.menu }).click()
  await page.getByRole('button', { name: messages.shell.signOut }).click()
  await page.waitForURL('**/connexion')
  await page.goto(linkIn((await mails.mailsTo(anne.email)).at(-1)?.text))
  await fillPasswords(page, anne.password)
  await page.getByRole('button', { name: invitation.submit }).click()
  await page.waitForURL('**/administratif/journal')
  await page.goto('/mot-de-passe')
  await page.getByLabel(forgotten.email).fill(anne.email)
  await page.getByRole('button', { name: forgotten.submit }).click()
  await expect(page.getByText(forgotten.sent)).toBeVisible()
  await page.goto(linkIn((await mails.mailsTo(anne.email, 2)).at(-1)?.text))
  await fillPasswords(page, 'quatre autres mots encore')
  await page.getByRole('button', { name: newPassword.submit }).click()
  await page.waitForURL('**/administratif/journal')
  await page.context().close()
})

test('support adds a customer and mails its first admin, and invites nobody once they came in', async ({
  page,
  server,
  mails,
}) => {
  const support = { email: 'support@pro-plus.example', password: luc.password }
  await server.compose(({ createAccounts }) =>
    createAccounts.addUser({ ...support, role: 'support', tenantId: null }, { kind: 'operator' }),
  )
  await server.compose(({ createAccounts }) =>
    createAccounts.addTenant({ name: 'Autre', ref: '4711' }, { kind: 'operator' }),
  )
  await page.goto('/connexion')
  await fillSignIn(page, support)
  await page.waitForURL('**/support')
  await page.getByRole('link', { name: messages.shell.newTenant }).click()
  const adding = page.getByRole('main')
  await adding.getByLabel(messages.newTenant.name).fill('Bois & Fils')
  await adding.getByLabel(messages.newTenant.ref).fill('4711')
  await adding.getByRole('button', { name: messages.newTenant.submit }).click()
  await expect(adding.getByText(failures.ref_taken.cause)).toBeVisible()
  await expectAccessible(page)
  await adding.getByLabel(messages.newTenant.ref).fill('4712')
  await adding.getByRole('button', { name: messages.newTenant.submit }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Bois & Fils' })).toBeVisible()

  const inviting = page.getByRole('region', { name: messages.firstAdmin.title })
  const jean = 'jean@bois.example'
  await inviting.getByLabel(messages.firstAdmin.email).fill(jean)
  await inviting.getByLabel(messages.firstAdmin.name, { exact: true }).fill('Jean Bois')
  await inviting.getByRole('button', { name: messages.firstAdmin.submit }).click()
  await expect(inviting.getByText(messages.firstAdmin.done)).toBeVisible()
  await expectAccessible(page)
  const link = linkIn((await mails.mailsTo(jean)).at(-1)?.text)
  expect(await page.content()).not.toContain(link.split('/').at(-1))
  const tenantPage = page.url()
  await page.goto(link)
  await fillPasswords(page, luc.password)
  await page.getByRole('button', { name: invitation.submit }).click()
  await page.waitForURL(`**${keyPage}`)
  await page.goto('/connexion')
  await page.getByRole('button', { name: messages.shell.signOut }).click()
  await page.waitForURL('**/connexion')
  await fillSignIn(page, support)
  await page.waitForURL('**/support')
  await page.goto(tenantPage)
  await expect(page.getByText('Jean Bois').first()).toBeVisible()
  await expect(inviting).toHaveCount(0)
})

test('support invites a colleague, who comes in; the last one stays; another customer’s user learns of an account', async ({
  page,
  browser,
  server,
  mails,
  customer,
}) => {
  const support = { email: `ops-${customer.email}`, password: luc.password }
  await server.compose(({ createAccounts }) =>
    createAccounts.addUser({ ...support, role: 'support', tenantId: null }, { kind: 'operator' }),
  )
  await page.goto('/connexion')
  await fillSignIn(page, support)
  await page.waitForURL('**/support')
  await page.getByRole('link', { name: messages.shell.staff }).click()
  await expect(page.getByRole('heading', { level: 1, name: messages.staff.title })).toBeVisible()
  const eve = { ...luc, email: `eve-${customer.email}`, name: 'Eve Janssens' }
  await invite(page, eve)
  await expect(page.getByText(users.done.invited)).toBeVisible()
  await expectAccessible(page)
  const second = await elsewhere(browser)
  await second.goto(linkIn((await mails.mailsTo(eve.email)).at(-1)?.text))
  await fillPasswords(second, eve.password)
  await second.getByRole('button', { name: invitation.submit }).click()
  await second.waitForURL('**/support')
  await page.reload()
  await press(page, eve.name, users.action.deactivate)
  await expect(row(page, eve.name)).toContainText(users.states.deactivated)

  // an address with an access is invited like any other, and told so behind the link
  await second.context().clearCookies()
  await enter(second, server, customer)
  await second.goto(`${server.url}${usersPath}`)
  await invite(second, eve)
  await expect(second.getByText(users.done.invited)).toBeVisible()
  await second.context().clearCookies()
  await second.goto(linkIn((await mails.mailsTo(eve.email, 2)).at(-1)?.text))
  await expect(second.getByText(failures.account_exists.cause)).toBeVisible()
  await expectAccessible(second)
  await second.context().close()
})
