import { expectAccessible } from '../harness/accessibility.ts'
import { newKey, reportRefused } from '../harness/api-client.ts'
import { makeDue } from '../harness/connection.ts'
import { expect, keyPage, test } from '../harness/customer.ts'
import {
  asAdminOf,
  copied,
  copyOf,
  expectCopy,
  expectNoZero,
  openCopy,
  pressInCopy,
  rowOf,
  seedRecords,
} from '../pages/sync-page.ts'

test.beforeEach(({ server }) => seedRecords(server))

test('a run and a check say how far they are; what is refused or disconnected says what is left of the copy', async ({
  page,
  server,
  customer,
}) => {
  const { clientId } = customer.integration
  await copied(server, customer)
  await server.sandbox.turn({ clientId }, { latency_ms: 2_000 })
  await openCopy(page, server, customer)
  // two pages of them: a run of one call is over as soon as it is seen
  await server.sandbox.records({ list: 'companies', add: 150 })
  await pressInCopy(page, 'Synchroniser maintenant')
  await expectCopy(page, 'running')
  await expect(copyOf(page)).toContainText(/Ce qui a changé est lu maintenant\..*\d+ fiches? lues?/)
  await server.sandbox.turn({ clientId }, { latency_ms: 0 })
  await expectCopy(page, 'up_to_date')
  await expect(rowOf(page, 'companies')).toContainText('400')
  await expect(page.getByRole('region', { name: 'Dernières lectures' })).toContainText(/1\d\d nouvelles/)
  await server.sandbox.turn({ clientId }, { latency_ms: 2_000 })
  await pressInCopy(page, 'Vérifier tout')
  await expectCopy(page, 'checking')
  await expect(copyOf(page)).toContainText(/\d+ sur \d+ fiches/)
  await expect(copyOf(page).getByRole('progressbar')).toBeVisible()
  await server.sandbox.turn({ clientId }, { latency_ms: 0 })
  await expectCopy(page, 'up_to_date')
  await expectNoZero(page)

  await server.sandbox.script({ clientId }, [{ status: 401, body: { error: 'invalid_client' } }])
  await makeDue(server, customer)
  await reportRefused(server, await newKey(server, customer.tenantId), 1)
  await page.reload()
  await expectCopy(page, 'misconfigured')
  await expect(copyOf(page)).toHaveAttribute('data-tone', 'bad')
  await expect(copyOf(page)).toContainText(/Vérifiée (aujourd’hui|hier) à/)
  await expect(copyOf(page).getByRole('link', { name: 'Voir la cause et corriger' })).toHaveAttribute('href', keyPage)
  await expect(copyOf(page).getByRole('button')).toHaveCount(0)

  await asAdminOf(server, customer, ({ disconnect }, admin) => disconnect(admin, 'teamleader'))
  await page.reload()
  await expectCopy(page, 'disconnected')
  await expect(copyOf(page)).toHaveAttribute('data-tone', 'neutral')
  await expect(copyOf(page)).toContainText('30 jours après «\u00a0Déconnecter\u00a0», elle est effacée')
  await expect(rowOf(page, 'companies')).toContainText('400')
  await expectAccessible(page)
})
