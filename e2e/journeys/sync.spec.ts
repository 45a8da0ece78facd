import { expectAccessible } from '../harness/accessibility.ts'
import { newKey, reportRefused } from '../harness/api-client.ts'
import { eventsOf, makeDue, navigation } from '../harness/connection.ts'
import { type Customer, enter, expect, keyPage, test } from '../harness/customer.ts'
import { newReader } from '../pages/reader.ts'
import {
  asAdminOf,
  copied,
  copyAhead,
  copyOf,
  expectCopy,
  expectNoZero,
  openCopy,
  pressInCopy,
  requestRun,
  rowOf,
  seedRecords,
  syncPage,
} from '../pages/sync-page.ts'
import { tlGroup } from '../pages/tl-group-section.ts'

test.beforeEach(({ server }) => seedRecords(server))

test('a first reading is told with how far it is, and becomes « À jour » by itself, proven complete', async ({
  page,
  server,
  customer,
}) => {
  await server.sandbox.turn({ clientId: customer.integration.clientId }, { latency_ms: 1_500 })
  await copyAhead(server, customer)
  await openCopy(page, server, customer)
  await expectCopy(page, 'first')
  await expect(copyOf(page)).toContainText('Pas encore vérifiée')
  await expect(copyOf(page)).not.toContainText(/terminé|complet \(/)
  await expect(copyOf(page)).toContainText(/\d+ fiches lues/)
  // nobody knows how many there are: no bar
  await expect(copyOf(page).getByRole('progressbar')).toHaveCount(0)
  await expectAccessible(page)
  await server.sandbox.turn({ clientId: customer.integration.clientId }, { latency_ms: 0 })
  await expectCopy(page, 'up_to_date')
  await expect(copyOf(page)).toContainText(
    /À jour (à l’instant|il y a \d+ min)\s: 250 entreprises, 30 contacts, 3 entités, complet \(vérifié (aujourd’hui|hier) à \d\d:\d\d\)\./,
    { timeout: 40_000 },
  )
  // the row tells of the run after it by now, which found nothing new
  const runs = page.getByRole('region', { name: 'Dernières lectures' })
  await expect(runs).toContainText('Entreprises, première lecture')
  await expect(runs).toContainText('250 nouvelles')
  await expectNoZero(page)
  await expectAccessible(page)
  await page.goto(keyPage)
  await expect(tlGroup(page)).toContainText(/À jour .*\s: 250 entreprises/)
  await expect(tlGroup(page).getByRole('link', { name: 'Voir la synchronisation' })).toHaveAttribute('href', syncPage)
})

test('what is asked for is told at once, then how far it is, then what changed, or that nothing did, with who asked', async ({
  page,
  server,
  customer,
}) => {
  await copied(server, customer)
  const { clientId } = customer.integration
  await server.sandbox.turn({ clientId }, { latency_ms: 3_000 })
  await openCopy(page, server, customer)
  // several pages of them: a run of one call is over before anybody looks again
  await server.sandbox.records({ list: 'companies', add: 350 })
  await pressInCopy(page, 'Synchroniser maintenant')
  await expect(copyOf(page).getByText('Demandée').first()).toBeVisible()
  await expectCopy(page, 'running')
  await expect(copyOf(page)).toContainText(/Ce qui a changé est lu maintenant\..*\d+ fiches? lues?/)
  await server.sandbox.turn({ clientId }, { latency_ms: 0 })
  await expectCopy(page, 'up_to_date')
  await expect(rowOf(page, 'companies')).toContainText('600')
  await expect(rowOf(page, 'contacts')).toContainText(/Aucun changement depuis \d\d:\d\d/)
  await expectNoZero(page)
  const asked = page.getByRole('region', { name: 'Dernières lectures' }).getByRole('row').filter({
    hasText: 'Demandée par',
  })
  await expect(asked.filter({ hasText: 'Entreprises' }).first()).toContainText(/3\d\d nouvelles/)
  await expect(asked.filter({ hasText: 'Contacts' }).first()).toContainText('Aucun changement')
})

test('« Arrêter » says who stopped it, and « Reprendre » goes on', async ({ page, server, customer }) => {
  await copied(server, customer)
  await openCopy(page, server, customer)
  await pressInCopy(page, 'Arrêter')
  await expectCopy(page, 'stopped')
  // the button went: the focus is with what is so now
  await expect(copyOf(page).locator('[data-outcome]')).toBeFocused()
  await expect(rowOf(page, 'companies')).toContainText('Arrêtée par ')
  await expect(rowOf(page, 'companies')).toContainText('À la reprise')
  await expect(copyOf(page)).toContainText('Rien n’est perdu')
  await expectAccessible(page)
  await pressInCopy(page, 'Reprendre')
  await expectCopy(page, 'up_to_date')
  expect(await eventsOf(server, customer)).toEqual(expect.arrayContaining(['sync.stopped', 'sync.requested']))
})

test('a failure that passes is amber, says when it is tried again, and erases no success', async ({
  page,
  server,
  customer,
}) => {
  await copied(server, customer)
  const { clientId } = customer.integration
  await server.sandbox.script({ clientId }, [{ on: 'companies.list', status: 503, times: 50 }])
  await requestRun(server, customer)
  await openCopy(page, server, customer)
  await expectCopy(page, 'retrying')
  await expect(copyOf(page)).toHaveAttribute('data-tone', 'warn')
  await expect(copyOf(page)).toContainText(/Nouvel essai dans (\d+ s|un instant)/)
  await expect(rowOf(page, 'companies').locator('[data-tone="warn"]')).toContainText('Nouvel essai')
  await expect(rowOf(page, 'companies').locator('time').first()).toBeVisible()
  await expect(copyOf(page)).toContainText(/Vérifiée (aujourd’hui|hier) à/)
  await expect(copyOf(page).locator('[data-tone="bad"]')).toHaveCount(0)
  await expectAccessible(page)
  await server.sandbox.clear({ clientId })
  await pressInCopy(page, 'Réessayer maintenant')
  await expectCopy(page, 'up_to_date')
})

test('a limit that is reached is waited for, not blamed; a secret that is refused is', async ({
  page,
  server,
  customer,
}) => {
  await copied(server, customer)
  const { clientId } = customer.integration
  await server.sandbox.script({ clientId }, [{ on: 'contacts.list', status: 429, times: 50 }])
  await requestRun(server, customer)
  await openCopy(page, server, customer)
  await expectCopy(page, 'throttled')
  await expect(rowOf(page, 'contacts')).toContainText('En attente du quota')
  await expect(copyOf(page)).toHaveAttribute('data-tone', 'warn')
  await expectAccessible(page)
  // a secret that is refused is for a person, whatever else waits
  await server.sandbox.script({ clientId }, [{ status: 401, body: { error: 'invalid_client' } }])
  await makeDue(server, customer)
  await reportRefused(server, await newKey(server, customer.tenantId), 1)
  await page.reload()
  await expectCopy(page, 'misconfigured')
  await expect(copyOf(page)).toHaveAttribute('data-tone', 'bad')
  await expect(copyOf(page).getByRole('link', { name: 'Voir la cause et corriger' })).toHaveAttribute('href', keyPage)
})

test('a right that is lost is named, with cause, fix and one button; the other lists go on', async ({
  page,
  server,
  customer,
}) => {
  await copied(server, customer)
  const { clientId } = customer.integration
  await server.sandbox.turn({ clientId }, { forbidden: ['contacts'] })
  await requestRun(server, customer)
  await openCopy(page, server, customer)
  await expectCopy(page, 'forbidden')
  await expect(copyOf(page)).toContainText('il manque à l’intégration le droit « Contacts »')
  await expect(rowOf(page, 'contacts')).toContainText('À corriger')
  await expect(rowOf(page, 'contacts')).toContainText('30')
  await expect(rowOf(page, 'companies')).toContainText('À jour')
  await expectAccessible(page)
  await server.sandbox.turn({ clientId }, { forbidden: [] })
  await pressInCopy(page, 'Réessayer maintenant')
  await expectCopy(page, 'up_to_date')
})

test('an access that ended is told with the way to it, and the copy keeps its times', async ({
  page,
  server,
  customer,
}) => {
  await copied(server, customer)
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ revoke: true }])
  await reportRefused(server, await newKey(server, customer.tenantId), 1)
  await openCopy(page, server, customer)
  await expectCopy(page, 'reconnect_required')
  await expect(copyOf(page)).toContainText('ne changent plus')
  await expect(copyOf(page)).toContainText(/Vérifiée (aujourd’hui|hier) à/)
  await expect(copyOf(page).getByRole('link', { name: 'Voir la cause et reconnecter' })).toHaveAttribute(
    'href',
    keyPage,
  )
  await expect(copyOf(page).getByRole('button')).toHaveCount(0)
  await expectAccessible(page)
  await asAdminOf(server, customer, ({ disconnect }, admin) => disconnect(admin, 'teamleader'))
  await page.reload()
  await expectCopy(page, 'disconnected')
  await expect(copyOf(page)).toHaveAttribute('data-tone', 'neutral')
  await expect(copyOf(page)).toContainText('30 jours après «\u00a0Déconnecter\u00a0», elle est effacée')
  await expect(rowOf(page, 'companies')).toContainText('250')
})

test('a paused connection pauses its copy, which goes on by itself', async ({ page, server, customer }) => {
  await copied(server, customer)
  await enter(page, server, customer)
  await tlGroup(page).getByRole('switch', { name: 'Statut' }).uncheck()
  await expect(tlGroup(page).getByRole('button', { name: 'Remettre en marche' })).toBeVisible()
  await page.goto(syncPage)
  await expectCopy(page, 'paused')
  await expect(copyOf(page)).toContainText('reprend automatiquement avec la connexion')
  await expect(copyOf(page)).toHaveAttribute('data-tone', 'neutral')
  await expectAccessible(page)
})

test('« Tout relire » says how long first, by the keyboard; it and « Vérifier tout » have a bar, since the total is known', async ({
  page,
  server,
  customer,
}) => {
  await copied(server, customer)
  await openCopy(page, server, customer)
  await expectCopy(page, 'up_to_date')
  const asks = copyOf(page).getByRole('button', { name: 'Tout relire', exact: true }).first()
  const dialog = page.getByRole('dialog', { name: /Tout relire, en 1 minute environ/ })
  await asks.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Annuler' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(asks).toBeFocused()
  await server.sandbox.turn({ clientId: customer.integration.clientId }, { latency_ms: 1_500 })
  await asks.press('Enter')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Tout relire' }).click()
  await expect(copyOf(page).getByRole('progressbar')).toBeVisible({ timeout: 30_000 })
  await expect(copyOf(page)).toContainText(/sur \d+ fiches/)
  await server.sandbox.turn({ clientId: customer.integration.clientId }, { latency_ms: 0 })
  await expectCopy(page, 'up_to_date')
  await server.sandbox.turn({ clientId: customer.integration.clientId }, { latency_ms: 1_500 })
  await pressInCopy(page, 'Vérifier tout')
  await expectCopy(page, 'checking')
  await expect(copyOf(page)).toContainText(/\d+ sur \d+ fiches/)
  await server.sandbox.turn({ clientId: customer.integration.clientId }, { latency_ms: 0 })
  await expectCopy(page, 'up_to_date')
})

test('a reader sees the page without anything to press', async ({ page, server, customer }) => {
  await copied(server, customer)
  await openCopy(page, server, (await newReader(server, customer.tenantId)) as Customer)
  await expectCopy(page, 'up_to_date')
  for (const role of ['button', 'link', 'textbox'] as const)
    await expect(page.getByRole('main').getByRole(role), role).toHaveCount(0)
  await expect(navigation(page).getByRole('link', { name: 'Synchronisation' })).toBeVisible()
  await expectAccessible(page)
})
