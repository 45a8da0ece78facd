import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { expectAccessible } from '../harness/accessibility.ts'
import { askApi } from '../harness/api-client.ts'
import { allowClipboard, connectAhead } from '../harness/connection.ts'
import { enter, expect, test } from '../harness/customer.ts'
import { newSupporter } from '../pages/support.ts'
import { messages } from '../pages/tl-group-section.ts'

const { apiKeys, confirmation, failures } = messages
const keysPath = '/administratif/cles-api'

const form = (page: Page) => page.getByRole('region', { name: apiKeys.create, exact: true })

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

const tick = (page: Page, right: string, provider: string) =>
  form(page)
    .getByRole('checkbox', { name: `${right} ${provider}` })
    .check()

const shownKey = (page: Page) => form(page).getByRole('status', { name: apiKeys.new.label })

const create = (page: Page) => form(page).getByRole('button', { name: apiKeys.createButton }).click()

const revoke = async (page: Page, name: string) => {
  await row(page, name).getByRole('button', { name: apiKeys.revoke }).click()
  await page.getByRole('dialog').getByRole('button', { name: apiKeys.revokeConfirm }).click()
}

test('an admin makes a key, copies it, sees it used, and revokes it', async ({ page, customer, server, context }) => {
  await connectAhead(server, customer)
  await enter(page, server, customer)
  // an hour ago: asked again before a key is made
  await server.inDatabase(async ({ q, tables: { sessions, users } }) => {
    const [me] = await q.select().from(users).where(eq(users.email, customer.email))
    const longAgo = new Date(Date.now() - 3_600_000)
    if (me) await q.update(sessions).set({ confirmedAt: longAgo }).where(eq(sessions.userId, me.id))
  })
  await page.goto(keysPath)
  await expect(page.getByText(apiKeys.none)).toBeVisible()
  await create(page)
  await expect(form(page).getByText(failures.program_name_missing.cause)).toBeVisible()
  await form(page).getByLabel(apiKeys.program).fill('Compta')
  await create(page)
  await expect(form(page).getByText(failures.scopes_missing.cause)).toBeVisible()
  await tick(page, apiKeys.right.token, 'Teamleader')
  await expectAccessible(page)
  await create(page)
  await form(page).getByLabel(confirmation.password).fill(customer.password)
  await form(page).getByRole('button', { name: confirmation.submit }).click()

  const shown = shownKey(page)
  await expect(shown).toHaveText(/^pk_/)
  const key = (await shown.textContent()) ?? ''
  await allowClipboard(context, server)
  await form(page).getByRole('button', { name: apiKeys.new.copyKey }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)
  await expectAccessible(page)
  expect((await askApi(server, key)).status).toBe(200)
  await form(page).getByRole('link', { name: apiKeys.new.back }).click()
  await expect(row(page, 'Compta')).toContainText(key.slice(0, 15))
  expect(await page.content()).not.toContain(key)
  expect(server.storedBytes().includes(key.slice(16))).toBe(false)
  expect(server.output()).not.toContain(key.slice(16))

  await revoke(page, 'Compta')
  await expect(row(page, 'Compta')).toContainText(apiKeys.state.revoked)
  await expectAccessible(page)
  expect((await askApi(server, key)).status).toBe(401)
})

test('without JavaScript a key is made, shown once, and revoked', async ({ browser, customer, server }) => {
  const context = await browser.newContext({
    ...{ javaScriptEnabled: false, baseURL: server.url, locale: 'fr-BE', viewport: { width: 390, height: 844 } },
  })
  const page = await context.newPage()
  await enter(page, server, customer)
  await page.goto(keysPath)
  await form(page).getByLabel(apiKeys.program).fill('Compta')
  await tick(page, apiKeys.right.proxy, 'Teamleader')
  await create(page)
  await expect(shownKey(page)).toHaveText(/^pk_/)
  await form(page).getByRole('link', { name: apiKeys.new.back }).click()
  await expect(row(page, 'Compta')).toContainText('lire, modifier et supprimer en votre nom')
  await revoke(page, 'Compta')
  await expect(row(page, 'Compta')).toContainText(apiKeys.state.revoked)
  await context.close()
})

test('support makes a key of the platform', async ({ page, customer, server }) => {
  await connectAhead(server, customer)
  await enter(page, server, await newSupporter(server))
  await page.goto('/support')
  await page.getByRole('link', { name: messages.shell.apiKeys }).click()
  const name = `Pro+ ${customer.email}`
  await form(page).getByLabel(apiKeys.program).fill(name)
  await form(page).getByRole('checkbox', { name: apiKeys.right.metrics }).check()
  await tick(page, apiKeys.right.token, 'Teamleader')
  await create(page)
  const key = (await shownKey(page).textContent()) ?? ''
  const headers = { 'porte-cles-tenant': customer.tenantId }
  expect((await askApi(server, key, { headers })).status).toBe(200)
  await form(page).getByRole('link', { name: apiKeys.new.back }).click()
  await revoke(page, name)
  await expect(row(page, name)).toContainText(apiKeys.state.revoked)
})
