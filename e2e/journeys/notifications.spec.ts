import { eq } from 'drizzle-orm'
import { expectAccessible } from '../harness/accessibility.ts'
import type { AppServer } from '../harness/app-server.ts'
import { expect, makeDue, navigation, receiveCode, test } from '../harness/connection.ts'
import { type Customer, keyPage } from '../harness/customer.ts'
import { signInAsSupport } from '../pages/support.ts'
import { consent, expectState, messages, press, signInAtTeamleader } from '../pages/tl-group-section.ts'

/** As if the moment that is waited before anybody is alarmed had passed. */
const waitBriefly = (server: AppServer, { tenantId }: Customer) =>
  server.inDatabase(async ({ q, tables: { incidents } }) => {
    const past = new Date(Date.now() - 60_000)
    const aged = await q
      .update(incidents)
      .set({ openedAt: past })
      .where(eq(incidents.tenantId, tenantId))
      .returning({ id: incidents.id })
    expect(aged).toHaveLength(1)
  })

test('a token revoked at Teamleader is notified to support, to the admins and to back ends, and so is its recovery', async ({
  page,
  browser,
  server,
  customer,
  mails,
  receiver,
}) => {
  const name = await server.compose(
    async ({ store }) => (await store.accounts.findTenant(customer.tenantId))?.name ?? '',
  )
  const events = () => receiver.events().filter(({ data }) => data.tenant_id === customer.tenantId)
  const reported = () => events().map(({ type }) => type)
  await receiveCode(page, server, customer)
  // two events that wait together may arrive in either order
  await expect.poll(reported).toEqual(['connection.connected'])
  await server.sandbox.script({ clientId: customer.integration.clientId }, [{ revoke: true }])
  await makeDue(server, customer)
  await expect.poll(reported).toEqual(['connection.connected', 'connection.reconnect_required'])
  expect(events()[1]?.data).toMatchObject({ reason: 'revoked' })
  expect(mails.received.filter(({ recipients }) => recipients.includes(customer.email))).toEqual([])

  await waitBriefly(server, customer)
  const [alert] = await mails.mailsTo(customer.email)
  expect(alert?.subject).toBe(`${name} : Teamleader est à reconnecter`)
  expect(alert?.text.split('\n')).toContain(`${server.url}${keyPage}`)

  await page.goto('/administratif/guide')
  const banner = page.getByRole('status').filter({ hasText: 'TL Group est à reconnecter' })
  await expect(banner).toBeVisible()
  await expect(navigation(page).getByText('1 panne')).toBeVisible()
  await expectAccessible(page)
  await banner.getByRole('link', { name: messages.alert.reconnect.link }).click()
  await page.waitForURL(`**${keyPage}`)
  await expectState(page, 'reconnect_required')
  await expect(banner).toBeHidden()

  const desk = await (await browser.newContext({ baseURL: server.url, locale: 'fr-BE' })).newPage()
  await signInAsSupport(desk, server)
  const row = desk.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText(messages.headline.reconnect_required.label)
  await expect(row).toContainText('revoked')

  await press(page, 'Reconnecter')
  await signInAtTeamleader(page)
  await consent(page)
  await expectState(page, 'connected', 'Success')
  await expect(navigation(page).getByText('1 panne')).toBeHidden()
  expect((await mails.mailsTo(customer.email, 2)).map(({ subject }) => subject)).toEqual([
    `${name} : Teamleader est à reconnecter`,
    `${name} : Teamleader est de nouveau connecté`,
  ])
  await expect.poll(reported).toContain('connection.recovered')

  await desk.goto(`/support/${customer.tenantId}`)
  const log = desk.getByRole('region', { name: messages.alert.log.title })
  await log.getByRole('button', { name: 'Renvoyer connection.reconnect_required' }).click()
  const posted = () => events().flatMap(({ id, type }) => (type === 'connection.reconnect_required' ? [id] : []))
  await expect.poll(() => posted().length).toBe(2)
  expect(new Set(posted()).size).toBe(1)
  await expectAccessible(desk)
  await desk.context().close()
})
