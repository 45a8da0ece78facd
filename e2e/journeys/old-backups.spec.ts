import { eq } from 'drizzle-orm'
import { expectAccessible } from '../harness/accessibility.ts'
import type { AppServer } from '../harness/app-server.ts'
import { connectAhead } from '../harness/connection.ts'
import { type Customer, expect, keyPage, newCustomer, test } from '../harness/customer.ts'
import { signInAsSupport } from '../pages/support.ts'
import { expectState, messages, press, tlGroup } from '../pages/tl-group-section.ts'

const backupOf = new Date('2026-11-20T07:30:00Z')
const shown = '20 novembre 2026 à 08:30'

const putBack = (server: AppServer, tenantId: Customer['tenantId']) =>
  server.inDatabase(({ q, tables: { connections } }) =>
    q.update(connections).set({ restoredAt: backupOf }).where(eq(connections.tenantId, tenantId)),
  )

test('a connection from a backup waits for its admin, who resumes it', async ({ admin, customer, server }) => {
  await connectAhead(server, customer)
  await putBack(server, customer.tenantId)
  await admin.goto(keyPage)
  await expect(tlGroup(admin).getByText(`Cette connexion vient d'une sauvegarde du ${shown}.`)).toBeVisible()
  await expect(tlGroup(admin).getByRole('button', { name: 'Reconnecter' })).toBeVisible()
  await expect(tlGroup(admin).getByRole('button', { name: 'Tester la connexion' })).toHaveCount(0)
  await expectAccessible(admin)
  await press(admin, 'Reprendre')
  await expectState(admin, 'connected', 'Success')
})

test('support resumes all of them at once', async ({ page, server }) => {
  const customer = await newCustomer(server)
  await connectAhead(server, customer)
  await putBack(server, customer.tenantId)
  await signInAsSupport(page, server)
  await expect(page.getByText(`d’une sauvegarde du ${shown}.`)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Tout reprendre' }).click()
  await expect(page.getByRole('button', { name: 'Tout reprendre' })).toHaveCount(0)
  await expect(page.getByText(messages.console.restored.mark)).toHaveCount(0)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a connection whose backup is too old is to be reconnected', async ({ admin, customer, server }) => {
    await connectAhead(server, customer)
    await putBack(server, customer.tenantId)
    await server.sandbox.script({ clientId: customer.integration.clientId }, [{ revoke: true }])
    await admin.goto(keyPage)
    await press(admin, 'Reprendre')
    await expectState(admin, 'reconnect_required')
    await expect(tlGroup(admin).getByText(messages.failures.lost_response.cause)).toBeVisible()
  })
})
