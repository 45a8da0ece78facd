import { randomUUID } from 'node:crypto'
import { expectAccessible } from '../harness/accessibility.ts'
import { AppServer } from '../harness/app-server.ts'
import { expect, fillSignIn, keyPage, newCustomer, signIn, test } from '../harness/customer.ts'
import { signInAsSupport } from '../pages/support.ts'
import { messages, tlGroup } from '../pages/tl-group-section.ts'

test('a wrong password and an unknown address are refused in the same words', async ({ page, customer }) => {
  await page.goto('/connexion')
  await expectAccessible(page)
  for (const email of [customer.email, 'nobody@atelier-delvaux.example']) {
    await fillSignIn(page, { email, password: 'not the password' })
    await expect(page.getByText(messages.failures.credentials_wrong.cause)).toBeVisible()
    await expect(page.getByLabel('Adresse e-mail')).toHaveValue(email)
    await expectAccessible(page)
  }
})

test('the eleventh attempt at an account waits, even with the right password', async ({ page, server, customer }) => {
  const password = { email: customer.email, password: 'not the password', ip: null }
  await server.compose(async ({ signIn }) => {
    for (let rateLimit = 0; rateLimit < 9; rateLimit++)
      await expect(signIn.begin(password)).rejects.toMatchObject({ code: 'credentials_wrong' })
  })
  await page.goto('/connexion')
  await fillSignIn(page, password)
  await expect(page.getByText(messages.failures.credentials_wrong.cause)).toBeVisible()
  await fillSignIn(page, customer)
  await expect(page.getByText(messages.failures.too_many_attempts.cause)).toBeVisible()
  await expectAccessible(page)
})

test('an invitation opens once, for the person it was made for', async ({ page, server, customer, browser }) => {
  const email = `${randomUUID()}@atelier-delvaux.example`
  const invited = { email, role: 'admin', tenantId: customer.tenantId, password: null } as const
  const { token } = await server.compose(({ createAccounts }) => createAccounts.addUser(invited, { kind: 'operator' }))
  const link = `/invitation/${token}`
  const answer = await page.goto(link)
  expect(answer?.headers()).toMatchObject({
    'cache-control': expect.stringContaining('no-store'),
    'referrer-policy': 'no-referrer',
  })
  await expectAccessible(page)
  await page.getByLabel(messages.newAccess.name).fill('Luc Peeters')
  await page.getByLabel(messages.newAccess.password, { exact: true }).fill('quatre mots à la suite')
  await page.getByLabel(messages.newAccess.passwordAgain).fill('quatre mots à la suite')
  await page.getByRole('button', { name: messages.invitation.submit }).click()
  await page.waitForURL(`${server.url}${keyPage}`)
  await expect(page.getByText('Luc Peeters').first()).toBeVisible()
  const otherBrowser = await browser.newContext({ baseURL: server.url, locale: 'fr-BE' })
  const elsewhere = await otherBrowser.newPage()
  await elsewhere.goto(link)
  await expect(elsewhere.getByText(messages.linkDead.title)).toBeVisible()
  await expectAccessible(elsewhere)
  await otherBrowser.close()
})

test('a new app prints one link for its first support user, who sees tenants and never a secret', async ({ page }) => {
  const server = await AppServer.open()
  try {
    const customer = await newCustomer(server)
    const [link = ''] = server.output().match(/http:\/\/\S+\/premier-demarrage\/\S+/) ?? []
    await page.goto(link)
    await expectAccessible(page)
    await page.getByLabel(messages.newAccess.name).fill('Support')
    await page.getByLabel(messages.newAccess.email).fill('support@pro-plus.example')
    await page.getByLabel(messages.newAccess.password, { exact: true }).fill('quatre mots à la suite')
    await page.getByLabel(messages.newAccess.passwordAgain).fill('quatre mots à la suite')
    await page.getByRole('button', { name: messages.firstRun.submit }).click()
    await page.waitForURL(`${server.url}/support`)
    await expectAccessible(page)
    await expect(page.getByRole('row').filter({ hasText: 'Atelier' })).toHaveCount(1)
    expect((await page.goto(`${server.url}${keyPage}`))?.status()).toBe(404)
    await page.goto(link)
    await expect(page.getByText(messages.linkDead.title)).toBeVisible()
    expect(await page.content()).not.toContain(customer.email)
  } finally {
    await server.close()
  }
})

test('where nothing can be mailed, support is shown the link of a first admin, once', async ({ page }) => {
  const server = await AppServer.open()
  try {
    await signInAsSupport(page, server)
    await page.getByRole('link', { name: messages.shell.newTenant }).click()
    const adding = page.getByRole('main')
    await adding.getByLabel(messages.newTenant.name).fill('Bois & Fils')
    await adding.getByRole('button', { name: messages.newTenant.submit }).click()
    const inviting = page.getByRole('region', { name: messages.firstAdmin.title })
    await inviting.getByLabel(messages.firstAdmin.email).fill('jean@bois.example')
    await inviting.getByLabel(messages.firstAdmin.name, { exact: true }).fill('Jean Bois')
    await inviting.getByRole('button', { name: messages.firstAdmin.submitShown }).click()
    const link = await inviting.getByLabel(messages.users.link.label).inputValue()
    await expect(inviting.getByRole('button', { name: messages.users.link.copyLink })).toBeVisible()
    await expect(inviting.getByRole('status').filter({ hasText: messages.users.link.title })).toBeFocused()
    await expectAccessible(page)
    await page.reload()
    await expect(inviting.getByLabel(messages.firstAdmin.email)).toBeVisible()
    expect(await page.content()).not.toContain(link.split('/').at(-1))
    await page.context().clearCookies()
    await page.goto(link)
    await expect(page.getByRole('heading', { name: messages.invitation.title })).toBeVisible()
  } finally {
    await server.close()
  }
})

test('an admin sees no page of support', async ({ admin }) => {
  expect((await admin.goto('/support'))?.status()).toBe(404)
  await expectAccessible(admin)
})

test('a session that ended elsewhere keeps what was typed, and says so', async ({ admin, customer, context }) => {
  const session = (await context.cookies()).find(({ name }) => name.includes('porte-cles-session'))
  await tlGroup(admin).getByLabel('Client ID (V2)').fill(customer.integration.clientId)
  await context.clearCookies({ name: session?.name ?? '' })
  await tlGroup(admin).getByRole('button', { name: 'Enregistrer' }).first().click()
  await expect(admin.getByText(messages.failures.session_ended.cause)).toBeVisible()
  await expect(tlGroup(admin).getByLabel('Client ID (V2)')).toHaveValue(customer.integration.clientId)
  await signIn(admin, customer)
})

test('once signed out, the back button shows the sign-in, and no address of a colleague', async ({
  admin,
  customer,
}) => {
  await admin.goto('/administratif/utilisateurs')
  await expect(admin.getByText(customer.email)).toBeVisible()
  await admin.getByRole('button', { name: messages.shell.signOut }).click()
  await admin.waitForURL('**/connexion')
  await admin.goBack()
  await admin.waitForURL(/\/connexion\?next=/)
  await expect(admin.getByLabel(messages.signIn.password)).toBeVisible()
  expect(await admin.content()).not.toContain(customer.email)
})
