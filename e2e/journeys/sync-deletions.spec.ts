import { expectAccessible } from '../harness/accessibility.ts'
import { eventsOf, navigation } from '../harness/connection.ts'
import { enter, expect, test } from '../harness/customer.ts'
import { newReader } from '../pages/reader.ts'
import { newSupporter } from '../pages/support.ts'
import { copied, copyOf, expectCopy, loseMany, rowOf, seedRecords, syncPage } from '../pages/sync-page.ts'

test('many deletions at once are asked about: ten names, a badge, one mail; kept ones stand apart', async ({
  page,
  server,
  customer,
  mails,
}) => {
  await loseMany(server, customer)
  await enter(page, server, customer)
  await expect(navigation(page).getByText('1 choix')).toBeVisible()
  await page.goto(syncPage)
  await expectCopy(page, 'held')
  const question = page.getByRole('region', { name: '60 entreprises ont disparu de Teamleader' })
  await expect(question.getByRole('list', { name: 'Fiches disparues' }).getByRole('listitem')).toHaveCount(10)
  await expect(rowOf(page, 'companies')).toContainText('250')
  await expectAccessible(page)
  const [mail, ...more] = await mails.mailsTo(customer.email)
  expect(mail?.text).toContain(syncPage)
  expect(mail?.text).toContain('60 entreprises')
  expect(more).toEqual([])
  await question.getByRole('button', { name: 'Les garder' }).click()
  await expect(question).toBeHidden()
  await expect(navigation(page).getByText('1 choix')).toBeHidden()
  const apart = page.getByRole('region', { name: '60 fiches à part' })
  await expect(apart).toContainText('Disparue de Teamleader, gardée ici')
  await expect(apart).toContainText('Et 40 autres.')
  await expectAccessible(page)
  expect(await eventsOf(server, customer)).toContain('sync.deletion_answered')
})

test('support sees that a question waits, and the numbers, never a record', async ({ page, server, customer }) => {
  await loseMany(server, customer)
  const names = await server.compose(
    async ({ store }) =>
      (await store.sync.status(customer.tenantId)).find(({ list }) => list === 'companies')?.held?.names ?? [],
  )
  expect(names).toHaveLength(10)
  // a page may say "null" or "117" of its own, which some dirty records are called
  const telling = names.filter((name) => name.length > 5)
  expect(telling.length).toBeGreaterThan(4)
  await enter(page, server, await newSupporter(server))
  await page.goto(`/support/${customer.tenantId}`)
  const copies = page.getByRole('region', { name: 'Copies' })
  await expect(copies).toContainText('60 fiches attendent une réponse du client.')
  await expect(copies).toContainText('250')
  const shown = await page.content()
  expect(telling.filter((name) => shown.includes(name))).toEqual([])
  await expectAccessible(page)
  const tenant = await server.compose(({ store }) => store.accounts.findTenant(customer.tenantId))
  const asked = (copy: string) => `/support?copy=${copy}&q=${encodeURIComponent(tenant?.name ?? '')}`
  await page.goto(asked('incomplete'))
  await expect(page.getByRole('combobox', { name: 'Copie' })).toHaveValue('incomplete')
  await expect(page.getByText(tenant?.name ?? '')).toHaveCount(0)
  await server.inDatabase(async ({ q, tables: { syncStates } }) => {
    await q.update(syncStates).set({ completeAt: new Date(Date.now() - 24 * 3600 * 1000), dueAt: null })
  })
  await page.goto(asked('late'))
  await expect(page.getByRole('main')).toContainText(tenant?.name ?? '')
})

test('a reader sees the question, and may not answer it', async ({ page, server, customer }) => {
  await loseMany(server, customer)
  await enter(page, server, await newReader(server, customer.tenantId))
  await page.goto(syncPage)
  await expectCopy(page, 'held')
  await expect(copyOf(page)).toContainText('La réponse revient à un administrateur')
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the question is answered, and everything is stopped, resumed and read again', async ({
    page,
    server,
    customer,
  }) => {
    await loseMany(server, customer)
    await enter(page, server, customer)
    await page.goto(syncPage)
    await page.getByRole('button', { name: 'Les supprimer' }).click()
    await expect(async () => {
      await page.goto(syncPage)
      await expect(rowOf(page, 'companies')).toContainText('190', { timeout: 500 })
      await expect(copyOf(page).locator('.hero')).toHaveAttribute('data-state', 'up_to_date', { timeout: 500 })
    }).toPass({ timeout: 40_000 })
    await copyOf(page).getByRole('button', { name: 'Tout relire', exact: true }).first().click()
    const dialog = page.getByRole('dialog', { name: /Tout relire, en 1 minute/ })
    await dialog.getByRole('button', { name: 'Tout relire' }).click()
    await expect(copyOf(page).locator('.hero')).toHaveAttribute('data-state', /requested|rereading|running|checking/)
    await copyOf(page).getByRole('button', { name: 'Arrêter' }).click()
    await expectCopy(page, 'stopped')
    await copyOf(page).getByRole('button', { name: 'Reprendre' }).click()
    await expect(copyOf(page).locator('.hero')).not.toHaveAttribute('data-state', 'stopped')
  })
})

test('records without a name are listed under their identifier, with the reason', async ({
  page,
  server,
  customer,
}) => {
  await seedRecords(server)
  await server.sandbox.records({ list: 'companies', add: 1, fields: { name: '' } })
  await copied(server, customer)
  await enter(page, server, customer)
  await page.goto(syncPage)
  await expect(page.getByRole('region', { name: /à part/ })).toContainText(/Sans nom \([\w-]{8}\)/)
})
