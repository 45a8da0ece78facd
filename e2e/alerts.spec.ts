import { eq } from 'drizzle-orm'
import { type EventReceiver, startEventReceiver } from '../lib/testing/event-receiver.ts'
import { type MailServer, startMailServer } from '../lib/testing/mail-server.ts'
import { expectAccessible } from './accessibility.ts'
import { arrive, expect, makeDue, navigation, test as wired } from './connection.ts'
import { House } from './house.ts'
import { type Customer, fillSignIn, keyPage } from './journey.ts'
import { consent, expectState, press, signInAtTeamleader, words } from './tl-group.ts'

interface Outside {
  mails: MailServer
  receiver: EventReceiver
}

/** A house that has a mail server and somebody to tell. */
const test = wired.extend<object, Outside & { house: House }>({
  mails: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
    async ({}, use) => {
      const server = await startMailServer()
      await use(server)
      await server.close()
    },
    { scope: 'worker' },
  ],
  receiver: [
    // biome-ignore lint/correctness/noEmptyPattern: likewise
    async ({}, use) => {
      const server = await startEventReceiver()
      await use(server)
      await server.close()
    },
    { scope: 'worker' },
  ],
  house: [
    async ({ mails, receiver }, use) => {
      const house = await House.open({ ...mails.settings, ...receiver.settings })
      await use(house)
      await house.close()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
})

/** As if the moment that is waited before anybody is alarmed had passed. */
const waitAMoment = (house: House, { tenantId }: Customer) =>
  house.inDatabase(async ({ q, tables: { incidents } }) => {
    const past = new Date(Date.now() - 60_000)
    const aged = await q
      .update(incidents)
      .set({ openedAt: past })
      .where(eq(incidents.tenantId, tenantId))
      .returning({ id: incidents.id })
    expect(aged).toHaveLength(1)
  })

const newSupport = async (house: House) => {
  const support = { email: 'anne@pro-plus.example', password: 'quatre mots à la suite' }
  const user = { ...support, role: 'support', tenantId: null } as const
  await house.compose(({ addAccounts }) => addAccounts.addUser(user, { kind: 'operator' }))
  return support
}

test('a token revoked at Teamleader is told to support, to the admins and to back ends, and so is its repair', async ({
  page,
  browser,
  house,
  customer,
  mails,
  receiver,
}) => {
  const name = await house.compose(
    async ({ store }) => (await store.accounts.findTenant(customer.tenantId))?.name ?? '',
  )
  const told = () => receiver.events().map(({ type }) => type)
  await arrive(page, house, customer)
  await house.sandbox.script({ clientId: customer.integration.clientId }, [{ revoke: true }])
  await makeDue(house, customer)
  await expect.poll(told).toEqual(['connection.connected', 'connection.reconnect_required'])
  expect(receiver.events()[1]?.data).toMatchObject({ tenant_id: customer.tenantId, reason: 'revoked' })
  expect(mails.received).toEqual([])

  await waitAMoment(house, customer)
  const [alert] = await mails.mailsTo(customer.email)
  expect(alert?.subject).toBe(`${name} : Teamleader est à reconnecter`)
  expect(alert?.text.split('\n')).toContain(`${house.url}${keyPage}`)

  await page.goto('/administratif/guide')
  const banner = page.getByRole('status').filter({ hasText: 'TL Group est à reconnecter' })
  await expect(banner).toBeVisible()
  await expect(navigation(page).getByText('1 panne')).toBeVisible()
  await expectAccessible(page)
  await banner.getByRole('link', { name: words.alert.reconnect.link }).click()
  await page.waitForURL(`**${keyPage}`)
  await expectState(page, 'reconnect_required')
  await expect(banner).toBeHidden()

  const desk = await (await browser.newContext({ baseURL: house.url, locale: 'fr-BE' })).newPage()
  await desk.goto('/connexion')
  await fillSignIn(desk, await newSupport(house))
  const row = desk.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText(words.headline.reconnect_required.word)
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
  await expect.poll(told).toContain('connection.recovered')

  await desk.goto(`/support/${customer.tenantId}`)
  const log = desk.getByRole('region', { name: words.alert.log.title })
  await log.getByRole('button', { name: 'Renvoyer connection.reconnect_required' }).click()
  const posted = () =>
    receiver.events().flatMap(({ id, type }) => (type === 'connection.reconnect_required' ? [id] : []))
  await expect.poll(() => posted().length).toBe(2)
  expect(new Set(posted()).size).toBe(1)
  await expectAccessible(desk)
  await desk.context().close()
})
