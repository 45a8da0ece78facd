import type { Locator, Page } from '@playwright/test'
import { inArray } from 'drizzle-orm'
import { unzipSync } from 'fflate'
import { expectAccessible } from '../harness/accessibility.ts'
import { askApi, newKey, reportRefused } from '../harness/api-client.ts'
import type { AppServer } from '../harness/app-server.ts'
import { connectAhead, makeDue } from '../harness/connection.ts'
import { type Customer, expect, fillSignIn, newAdmin, newCustomer, test } from '../harness/customer.ts'
import { signInAsSupport } from '../pages/support.ts'
import { messages } from '../pages/tl-group-section.ts'

const { archived, customer: manage, filter, many, note, released, tenant } = messages.console

const nameOf = async (server: AppServer, { tenantId }: Customer) =>
  server.compose(async ({ store }) => (await store.accounts.findTenant(tenantId))?.name ?? '')

/** As if everybody of support had signed in long ago. */
const forgetProofs = (server: AppServer) =>
  server.inDatabase(async ({ q, tables: { sessions, users } }) => {
    const support = q
      .select({ id: users.id })
      .from(users)
      .where(inArray(users.role, ['support']))
    await q
      .update(sessions)
      .set({ confirmedAt: new Date(Date.now() - 3_600_000) })
      .where(inArray(sessions.userId, support))
  })

/** Goes by Tab alone until something has the focus. */
const reach = async (page: Page, target: Locator) => {
  for (let presses = 0; presses < 90; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${target}`)
}

/** The grant is gone at Teamleader. */
const breakConnection = async (server: AppServer, customer: Customer) => {
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ revoke: true }])
  await makeDue(server, customer)
  await reportRefused(server, await newKey(server, customer.tenantId), 1)
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('support renames a customer, archives it and takes it back, then erases it once its data was taken', async ({
    page,
    browser,
    server,
    customer,
  }) => {
    await connectAhead(server, customer)
    const house = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false, locale: 'fr-BE' })
    const admin = await house.newPage()
    const key = await newKey(server, customer.tenantId)
    await signInAsSupport(page, server)
    await page.goto(`/support/${customer.tenantId}`)
    const whole = page.getByRole('region', { name: manage.title })

    const name = `Menuiserie ${customer.tenantId.slice(0, 8)}`
    await whole.getByLabel(manage.rename.name, { exact: true }).fill(name)
    await whole.getByRole('button', { name: manage.rename.submit }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

    await forgetProofs(server)
    await whole.getByText(manage.archive.summary).click()
    await whole.getByRole('button', { name: manage.archive.submit, exact: true }).click()
    const question = page.getByRole('group', { name: messages.confirmation.title })
    await question.getByLabel(messages.confirmation.password).fill('quatre mots à la suite')
    await question.getByRole('button', { name: messages.confirmation.submit }).click()
    await expect(page.getByRole('region', { name: /a été archivé/ })).toBeVisible()
    await admin.goto('/connexion')
    await fillSignIn(admin, customer)
    await expect(admin.getByText(messages.failures.credentials_wrong.cause)).toBeVisible()
    const asked = () => askApi(server, key)
    expect((await asked()).status).toBe(404)
    await page.goto(`/support?q=${encodeURIComponent(name)}`)
    await expect(page.getByText(filter.nothing)).toBeVisible()
    await page.getByLabel(filter.state).selectOption('archived')
    await page.getByRole('button', { name: filter.submit }).click()
    await page.getByRole('link', { name }).click()

    await page.getByRole('button', { name: archived.back }).click()
    await expect(page.getByRole('region', { name: /a été archivé/ })).toHaveCount(0)
    expect((await asked()).status).toBe(200)

    await whole.getByText(manage.archive.summary).click()
    await whole.getByRole('button', { name: manage.archive.submit, exact: true }).click()
    await expect(whole.getByText(manage.erase.first)).toBeVisible()
    const file = await page.request.get(`/support/${customer.tenantId}/export`)
    expect(Object.keys(unzipSync(await file.body()))).toContain('users.json')
    await page.reload()
    await whole.getByLabel(manage.erase.name).fill('Autre chose')
    await whole.getByRole('button', { name: manage.erase.submit }).click()
    await expect(whole.getByText(messages.failures.tenant_name_differs.cause)).toBeVisible()
    await whole.getByLabel(manage.erase.name).fill(name)
    await whole.getByRole('button', { name: manage.erase.submit }).click()
    await expect(page.getByText(manage.erase.done)).toBeVisible()
    expect((await page.request.get(`/support/${customer.tenantId}`)).status()).toBe(404)
    await house.close()
  })
})

test('support asks two broken customers by keyboard, notes an incident, takes the list along and releases an address', async ({
  page,
  server,
  customer,
  mails,
}) => {
  const other = await newCustomer(server)
  for (const one of [customer, other]) {
    await connectAhead(server, one)
    await breakConnection(server, one)
  }
  const left = await newAdmin(server, customer.tenantId)
  await server.compose(({ createAccounts }) => createAccounts.disableUser(left.email, { kind: 'operator' }))
  await signInAsSupport(page, server)
  await page.goto('/support?state=reconnect_required&q=Atelier')
  const names = [await nameOf(server, customer), await nameOf(server, other)]

  // who is asked is seen first
  await reach(page, page.getByRole('link', { name: many.reconnect }))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/support/demander?**')
  for (const name of names) await expect(page.getByRole('row').filter({ hasText: name })).toBeVisible()
  await expectAccessible(page)
  await reach(page, page.locator('#ask-many').getByRole('button'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'en route' })).toBeVisible()
  for (const name of names)
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText(many.reason.asked_lately)
  for (const { email } of [customer, other])
    await expect
      .poll(
        () =>
          mails.received.filter(({ recipients, subject }) => recipients.includes(email) && /reconnecter/.test(subject))
            .length,
      )
      .toBeGreaterThan(0)

  // the same filter as a file
  const file = await (await page.request.get('/support/export?state=reconnect_required')).text()
  for (const name of names) expect(file).toContain(name)

  await page.goto(`/support/${customer.tenantId}`)
  const incidents = page.getByRole('region', { name: tenant.incidents })
  await reach(page, incidents.locator('summary'))
  await page.keyboard.press('Enter')
  await reach(page, incidents.getByLabel(note.label))
  await page.keyboard.type('Rappelé : Mme Peeters s’en occupe lundi.')
  await reach(page, incidents.getByRole('button', { name: note.save }))
  await page.keyboard.press('Enter')
  await expect(incidents.locator('blockquote')).toHaveText('Rappelé : Mme Peeters s’en occupe lundi.')
  const timeline = page.getByRole('region', { name: tenant.timeline })
  await expect(timeline.getByRole('row').filter({ hasText: messages.journal.event.incident.noted })).toContainText(
    'Mme Peeters',
  )
  await expectAccessible(page)
  await incidents.locator('summary').click()
  await incidents.getByRole('button', { name: note.remove }).click()
  await expect(incidents.locator('blockquote')).toHaveCount(0)

  const addresses = page.getByRole('region', { name: released.title })
  await expect(addresses).toContainText(left.email)
  await addresses.getByRole('button', { name: released.release }).click()
  await expect(addresses).toHaveCount(0)
})
