import type { Page } from '@playwright/test'
import { marie } from '../../lib/sandbox/teamleader/seeds.ts'
import { seedTenants } from '../../lib/testing/database/seed-tenants.ts'
import { expectAccessible } from '../harness/accessibility.ts'
import { newKey, reportRefused } from '../harness/api-client.ts'
import { connectAhead } from '../harness/connection.ts'
import { expect, newCustomer, test } from '../harness/customer.ts'
import { HttpClient } from '../harness/http-client.ts'
import { newSupporter, signInAsSupport } from '../pages/support.ts'
import { messages } from '../pages/tl-group-section.ts'

const { filter, pages, headline, action, tenant, row, notified } = messages.console

/** The rows of the list, its head aside. */
const rows = (page: Page) => page.locator('tbody').getByRole('row')

const filterBy = async (page: Page, typed: string, state = '') => {
  await page.getByLabel(filter.search, { exact: true }).fill(typed)
  await page.getByLabel(filter.state).selectOption(state)
  await page.getByRole('button', { name: filter.submit }).click()
}

test('support finds a customer among hundreds, sees it break, and helps', async ({ page, server, browser }) => {
  await server.inDatabase((db) => seedTenants(db, 0, 120, new Date()))
  const customer = await newCustomer(server, 'NX-48213')
  await connectAhead(server, customer)
  await signInAsSupport(page, server)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/besoin d’aide$/)
  await expect(rows(page)).toHaveCount(25)
  await expectAccessible(page)

  // search and filter, also without JavaScript
  const plain = await browser.newContext({
    ...{ baseURL: server.url, javaScriptEnabled: false, locale: 'fr-BE' },
    storageState: await page.context().storageState(),
  })
  for (const each of [page, await plain.newPage()]) {
    await each.goto('/support')
    await filterBy(each, 'BOULANG peet', 'reconnect_required')
    await expect(each.getByRole('link', { name: /^Boulangerie Peeters/ })).toBeVisible()
    await expect(rows(each)).toHaveCount(1)
    await filterBy(each, 'xyz')
    await expect(each.getByText(filter.nothing)).toBeVisible()
    await each.getByRole('link', { name: filter.clear }).click()
    await expect(rows(each)).toHaveCount(25)
  }
  await plain.close()

  // there and back
  const first = await rows(page).allTextContents()
  await page.getByRole('link', { name: pages.next }).click()
  await expect(page).toHaveURL(/after=/)
  expect(await rows(page).allTextContents()).not.toEqual(first)
  await page.getByRole('link', { name: pages.previous }).click()
  await expect(page).toHaveURL(/before=/)
  await expect(rows(page).first()).toContainText(first[0]?.slice(0, 15) ?? '')
  await page.getByRole('link', { name: messages.console.column.client, exact: true }).click()
  await expect(page.locator('[aria-sort]')).toHaveAttribute('aria-sort', 'ascending')

  // a break shows by itself, and takes no focus
  await filterBy(page, 'nx 48213')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText(headline.connected.label)
  await page.getByLabel(filter.search, { exact: true }).focus()
  const { clientId } = customer.integration
  await server.sandbox.script({ clientId }, [{ status: 503 }])
  await reportRefused(server, await newKey(server, customer.tenantId), 1)
  await expect(rows(page)).toContainText(headline.degraded.label)
  await expect(page.getByLabel(filter.search, { exact: true })).toBeFocused()

  // in the row itself: who was told, and what helps
  await rows(page).getByRole('link', { name: row.act }).click()
  await expect(page).toHaveURL(/open=/)
  const opened = rows(page).nth(1)
  await expect(opened).toContainText(notified.nobody)
  await opened.getByRole('button', { name: action.test, exact: true }).click()
  await expect(opened.getByText(action.tested)).toBeVisible()
  await expectAccessible(page)
  await rows(page).getByRole('link', { name: row.close }).click()
  await expect(rows(page)).toHaveCount(1)

  // the customer's page, anywhere in the row: retry, pause, resume, test
  await rows(page).click()
  await expect(page).toHaveURL(new RegExp(`/support/${customer.tenantId}$`))
  await expectAccessible(page)
  await page.getByRole('button', { name: action.retry }).click()
  const status = page.getByRole('status')
  await expect(status.filter({ hasText: headline.connected.sentence })).toBeVisible()
  await page.getByRole('button', { name: action.pause }).click()
  await expect(status.filter({ hasText: headline.paused.sentence })).toBeVisible()
  await page.getByRole('button', { name: action.resume }).click()
  await expect(status.filter({ hasText: headline.connected.sentence })).toBeVisible()
  await page.getByRole('button', { name: action.test, exact: true }).click()
  await expect(page.getByText(action.tested)).toBeVisible()
  await expect(page.getByText('3 lectures réussies sur 3')).toBeVisible()
  const timeline = page.getByRole('region', { name: tenant.timeline })
  await expect(timeline.getByRole('row').filter({ hasText: messages.journal.event.connection.retried })).toContainText(
    messages.journal.actor.support,
  )
  const reported = await page.content()
  for (const secret of [customer.integration.clientSecret, marie.email]) expect(reported).not.toContain(secret)
})

test('a customer that is not there answers 404, and so does support’s page to a customer', async ({
  server,
  customer,
}) => {
  const admin = await HttpClient.signedIn(server, customer)
  expect((await admin.get(`/support/${customer.tenantId}`)).status).toBe(404)
  const support = await HttpClient.signedIn(server, await newSupporter(server))
  expect((await support.get(`/support/${customer.tenantId}`)).status).toBe(200)
  for (const id of ['nobody', '%00', `${customer.tenantId}x`])
    expect((await support.get(`/support/${id}`)).status, id).toBe(404)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('support reads the journal over all customers, finds one by it, and takes it along', async ({
    page,
    server,
    customer,
  }) => {
    const other = await newCustomer(server)
    await signInAsSupport(page, server)
    await page.getByRole('link', { name: messages.shell.journal, exact: true }).click()
    await page.waitForURL('**/support/journal')
    await page.getByLabel(messages.journal.filter.show).selectOption('settings')
    await page.getByRole('button', { name: messages.journal.filter.filter }).click()
    for (const { tenantId } of [customer, other])
      await expect(page.locator(`a[href="/support/${tenantId}"]`).first()).toBeVisible()
    const file = await page.request.get('/support/journal/export?show=settings')
    expect((await file.text()).split('\r\n')[0]).toContain(messages.journal.fact.tenant)
    await page.locator(`a[href="/support/${customer.tenantId}"]`).first().click()
    await page.waitForURL(`**/support/${customer.tenantId}`)
  })
})

test('the journal over all customers is accessible', async ({ page, server, customer }) => {
  await signInAsSupport(page, server)
  await page.goto('/support/journal')
  await expect(page.locator(`a[href="/support/${customer.tenantId}"]`).first()).toBeVisible()
  await expectAccessible(page)
})
