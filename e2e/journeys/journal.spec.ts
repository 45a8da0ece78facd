import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/accessibility.ts'
import { connectAhead } from '../harness/connection.ts'
import { type Customer, expect, fillSignIn, newCustomer, signIn, test } from '../harness/customer.ts'
import { HttpClient } from '../harness/http-client.ts'
import { messages } from '../pages/tl-group-section.ts'

const path = '/administratif/journal'
const address = '192.0.2.44'

const { event, filter } = messages.journal

test.use({ extraHTTPHeaders: { 'x-forwarded-for': address } })

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

const exportShown = async (page: Page) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: filter.export }).click(),
  ])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

/** Fails to sign in, then does, and opens the journal by the navigation. */
const openJournal = async (page: Page, customer: Customer) => {
  await page.goto('/connexion')
  await fillSignIn(page, { ...customer, password: 'not the password' })
  await expect(page.getByText(messages.failures.credentials_wrong.cause)).toBeVisible()
  await signIn(page, customer)
  await page.getByRole('link', { name: 'Journal', exact: true }).click()
  await page.waitForURL(`**${path}`)
}

test('an admin reads who did what, and from where', async ({ page, server, customer }) => {
  await connectAhead(server, customer)
  await openJournal(page, customer)
  const refused = row(page, event.session.refused)
  await expect(refused).toContainText(messages.journal.actor.visitor)
  await expect(refused).toContainText(address)
  await expect(refused).toContainText(messages.failures.credentials_wrong.cause)
  await expect(row(page, event.session.opened)).toContainText(customer.email.split('@')[0] ?? '')
  await expect(row(page, event.connection.promoted)).toContainText(messages.journal.actor.system)
  const started = row(page, event.authorization.departed)
  await started.getByText(event.authorization.departed).click()
  await expect(started.getByText(`${server.url}/oauth/callback`)).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${path}?from=2026-11-02&to=2026-11-01`)
  await expect(page.getByText(filter.emptyPeriod)).toBeVisible()
  await expectAccessible(page)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('an admin filters it, and takes what is shown along', async ({ page, server, customer }) => {
    // somebody else's journal is no part of it
    await newCustomer(server)
    await openJournal(page, customer)
    await expect(row(page, event.tenant.created)).toHaveCount(1)
    await page.getByLabel(filter.show).selectOption(messages.journal.kind.sign_ins)
    await page.getByLabel(messages.journal.outcome).selectOption(messages.journal.failed)
    await page.getByRole('button', { name: filter.filter }).click()
    await page.waitForURL(/show=sign_ins&outcome=failed/)
    await expect(page.locator('tbody tr:not(.day)')).toHaveCount(1)
    await expect(row(page, event.session.refused)).toBeVisible()

    const { name, text } = await exportShown(page)
    expect(name).toMatch(/^journal_atelier-[0-9a-f]{8}_\d{4}-\d{2}-\d{2}\.csv$/)
    const [head, line, ...rest] = text.split('\r\n')
    expect(head).toContain(`\uFEFF${messages.journal.column.at.replace('{timeZone}', 'Europe/Brussels')};`)
    expect(line).toContain(`;${event.session.refused};`)
    expect(line).toContain(`;${address};${messages.journal.failed};`)
    expect(rest).toEqual([''])

    await page.getByRole('link', { name: filter.clear }).click()
    await page.getByLabel(filter.search).fill('export')
    await page.getByLabel(messages.journal.who, { exact: true }).selectOption(customer.email.split('@')[0] ?? '')
    await page.getByRole('button', { name: filter.filter }).click()
    await page.waitForURL(/q=export&who=/)
    await expect(page.locator('tbody tr:not(.day)')).toHaveCount(1)
    expect((await exportShown(page)).text.split('\r\n')).toHaveLength(3)
    await page.getByRole('link', { name: filter.clear }).click()
    await expect(row(page, event.journal.exported).last()).toContainText(messages.journal.kind.sign_ins)
  })
})

test('nobody who is signed out gets the file', async ({ server }) => {
  const answer = await new HttpClient(server).get(`${path}/export`)
  expect(answer.status).toBe(307)
  expect(answer.headers.get('location')).toContain('/connexion')
})
