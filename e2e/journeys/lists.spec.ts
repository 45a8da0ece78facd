import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible } from '../harness/accessibility.ts'
import { eventsOf } from '../harness/connection.ts'
import { enter, expect, test } from '../harness/customer.ts'
import { companiesPage, contactsPage, emptyState, forbidAhead, records, search, words } from '../pages/lists-page.ts'
import { newReader } from '../pages/reader.ts'
import { asAdminOf, copied, copyAhead, seedRecords, syncPage } from '../pages/sync-page.ts'

const menuiserie = 'Menuiserie Lambert'

const names = (page: Page) => records(page).getByRole('rowheader').getByRole('link').allTextContents()

const download = async (page: Page, name: string) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test.beforeEach(({ server }) => seedRecords(server))

test('a list is searched while somebody types, put in order, narrowed, turned, and taken along', async ({
  page,
  server,
  customer,
}) => {
  await copied(server, customer)
  await enter(page, server, customer)
  await page.getByRole('link', { name: words.title.companies, exact: true }).click()
  await page.waitForURL(`**${companiesPage}`)
  await expect(page.getByText('250 entreprises copiées de Teamleader.')).toBeVisible()
  await expect(records(page)).toHaveCount(50)
  await expectAccessible(page)

  await page.keyboard.press('/')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type('lambert menui')
  await expect(page).toHaveURL(/\?q=lambert\+menui$/)
  await expect(page.getByRole('status').filter({ hasText: 'trouvée' })).toBeVisible()
  for (const name of await names(page)) expect(name).toMatch(/lambert/i)
  await expect(search(page)).toBeFocused()
  // a VAT number as somebody pastes it
  await search(page).fill('BE 0899.623.035')
  await expect(records(page)).toHaveCount(1)
  expect(await names(page)).toEqual([menuiserie])
  const { name, text } = await download(page, words.export)
  expect(name).toMatch(/^entreprises_atelier-.*\.csv$/)
  expect(text).toMatch(/^\uFEFFIdentifiant;Nom;/)
  expect(text.trim().split('\r\n')).toHaveLength(2)
  expect(text).toContain('BE0899623035')

  await search(page).fill('')
  await expect(page).toHaveURL(new RegExp(`${companiesPage}$`))
  await expect(records(page)).toHaveCount(50)
  await page.getByRole('link', { name: words.column.name }).click()
  await expect(page.getByRole('columnheader', { name: words.column.name })).toHaveAttribute('aria-sort', 'ascending')
  const first = await names(page)
  await page.getByRole('link', { name: words.pages.next }).click()
  await page.waitForURL(/after=/)
  expect((await names(page)).filter((each) => first.includes(each)).length).toBeLessThan(5)
  await page.getByRole('link', { name: words.pages.previous }).click()
  await page.waitForURL(/before=/)
  expect(await names(page)).toEqual(first)
  await page.getByRole('link', { name: 'Ne montrer que\u00a0: Désactivé' }).click()
  await page.waitForURL(/status=deactivated/)
  const shown = await records(page).count()
  expect(shown).toBeGreaterThan(0)
  await expect(page.locator('.records tr.inactive')).toHaveCount(shown)
  await expectAccessible(page)

  await page.goto(`${companiesPage}?q=xyzzyx`)
  await expect(emptyState(page)).toHaveAttribute('data-state', 'unfound')
  await expectAccessible(page)
  expect(await eventsOf(server, customer)).toContain('list.exported')
})

test('a record opens at Teamleader, leads to whom it belongs, is handed out, erased, and stays so until that is lifted', async ({
  page,
  server,
  customer,
}) => {
  await copied(server, customer)
  await enter(page, server, customer)
  await page.goto(`${contactsPage}?q=eloise+lambert`)
  await page.getByRole('link', { name: 'Lambert Éloïse' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lambert Éloïse')
  const opens = page.getByRole('link', { name: words.open })
  await expect(opens).toHaveAttribute('href', /^https:\/\/focus\.teamleader\.eu\/contact_detail/)
  await expect(page.getByText(words.verifiedHelp)).toBeVisible()
  await expect(page.locator('main')).not.toContainText(/iban|BE68/i)
  const id = await page.locator('dd.verbatim').textContent()
  await page.getByText(words.rights.contacts).click()
  await expectAccessible(page)
  const { name, text } = await download(page, words.rights.export)
  expect(name).toMatch(/^contacts-\d+\.json$/)
  expect(JSON.parse(text)).toMatchObject({ id, data: { first_name: 'Éloïse' } })

  await page.getByRole('button', { name: words.erase.open.contacts }).click()
  await expect(page.getByRole('button', { name: words.erase.keep })).toBeFocused()
  await page.getByRole('button', { name: words.erase.confirm }).click()
  await page.waitForURL(/erased=1/)
  await expect(page.getByText(words.erase.done)).toBeVisible()
  await page.goto(`${contactsPage}?q=eloise+lambert`)
  await expect(emptyState(page)).toHaveAttribute('data-state', 'unfound')
  await page.goto(syncPage)
  const erased = page.getByRole('region', { name: '1 fiche effacée pour de bon' })
  await erased.getByLabel('Identifiant').fill(id ?? '')
  await erased.getByRole('button', { name: 'Lever l’effacement' }).click()
  await expect(erased).toHaveCount(0)
  const events = await eventsOf(server, customer)
  expect(events).toEqual(expect.arrayContaining(['record.exported', 'record.erased', 'record.erasure_lifted']))
  await page.goto(`${contactsPage}?q=eloise+lambert`)
  // it is asked for by its id; while its list is being read, twenty seconds later
  await expect
    .poll(
      async () => {
        await page.reload()
        return records(page).count()
      },
      { timeout: 30_000 },
    )
    .toBe(1)

  await page.goto(`${companiesPage}?q=lambert+menuiserie`)
  await page.getByRole('link', { name: menuiserie, exact: true }).click()
  await expect(page.getByRole('term').filter({ hasText: words.linked.contacts })).toBeVisible()
  await expectAccessible(page)
})

test('every empty list says why, and what to do', async ({ page, server, customer }) => {
  await enter(page, server, customer)
  await page.goto(contactsPage)
  await expect(emptyState(page)).toHaveAttribute('data-state', 'unconnected')
  await expect(emptyState(page)).toContainText('dès que Teamleader est connecté')
  await expectAccessible(page)
  const { clientId } = customer.integration
  await server.sandbox.turn({ clientId }, { latency_ms: 8_000 })
  await copyAhead(server, customer)
  await page.goto(contactsPage)
  await expect(emptyState(page)).toHaveAttribute('data-state', 'first')
  await expectAccessible(page)
  await server.sandbox.turn({ clientId }, { latency_ms: 0 })
  // it fills by itself
  await expect(records(page)).toHaveCount(30, { timeout: 40_000 })
})

test('a list that the provider forbids says which right is missing', async ({ page, server, customer }) => {
  await forbidAhead(server, customer)
  await enter(page, server, customer)
  await page.goto(contactsPage)
  await expect(emptyState(page)).toHaveAttribute('data-state', 'forbidden')
  await expect(emptyState(page)).toContainText('«\u00a0Contacts\u00a0»')
  await expectAccessible(page)
})

test('a reader reads the lists, and takes nothing along', async ({ page, server, customer }) => {
  await copied(server, customer)
  await enter(page, server, await newReader(server, customer.tenantId))
  await page.goto(contactsPage)
  await expect(records(page)).toHaveCount(30)
  await expect(page.getByRole('link', { name: words.export })).toHaveCount(0)
  await records(page).getByRole('link').first().click()
  await expect(page.getByText(words.allFields)).toBeVisible()
  await expect(page.getByText(words.rights.contacts)).toHaveCount(0)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a list is searched and turned, and a person erased', async ({ page, server, customer }) => {
    await copied(server, customer)
    await enter(page, server, customer)
    await page.goto(`${companiesPage}?sort=name`)
    await page.getByRole('link', { name: words.pages.next }).click()
    await expect(records(page)).toHaveCount(50)
    await page.goto(contactsPage)
    await search(page).fill('éloïse')
    await page.getByRole('button', { name: words.search }).click()
    await page.getByRole('link', { name: 'Lambert Éloïse' }).click()
    await page.getByText(words.rights.contacts).click()
    await page.getByRole('button', { name: words.erase.open.contacts }).click()
    await page.getByRole('button', { name: words.erase.confirm }).click()
    await expect(page.getByText(words.erase.done)).toBeVisible()
    const left = await asAdminOf(server, customer, ({ store }, { tenantId }) =>
      store.records.list(
        { tenantId, list: 'contacts' },
        { prefixes: ['eloise'], status: null, facet: null, sort: { by: 'name', descending: false } },
        null,
        5,
      ),
    )
    expect(left.rows).toEqual([])
  })
})
