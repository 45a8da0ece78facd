import type { Page } from '@playwright/test'
import { AppServer } from '../harness/app-server.ts'
import {
  askForCode,
  type Customer,
  enter,
  expect,
  fillSignIn,
  keyPage,
  newCustomer,
  test,
  tokenRequests,
} from '../harness/customer.ts'
import {
  connect,
  consent,
  expectState,
  leave,
  save,
  signInAtTeamleader,
  stateFromCookie,
  tlGroup,
} from '../pages/tl-group-section.ts'

/** Left to `npm run test:crash`. */
const crash = { tag: '@crash' }

/** An app of its own for each test: its app is killed. */
const crashTest = test.extend<{ own: AppServer; ownCustomer: Customer; visitor: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  own: async ({}, use, info) => {
    const server = await AppServer.open()
    await use(server)
    if (info.status !== info.expectedStatus)
      await info.attach('app', { body: server.output(), contentType: 'text/plain' })
    await server.close()
  },
  ownCustomer: async ({ own }, use) => use(await newCustomer(own)),
  visitor: async ({ browser, own, ownCustomer }, use) => {
    const page = await browser.newPage({ baseURL: own.url, locale: 'fr-BE' })
    await enter(page, own, ownCustomer)
    await use(page)
    await page.close()
  },
})

const again = /^(Recommencer|Se connecter à Teamleader)$/

/** Whatever was lost, one press and one consent lead to a connection. */
const expectCleanStart = async (page: Page) => {
  await page.goto(keyPage)
  await tlGroup(page).getByRole('button', { name: again }).first().click()
  const consenting = page.getByRole('button', { name: 'DONNER ACCÈS' })
  const signing = page.getByRole('heading', { name: 'Se connecter à Teamleader Focus' })
  await expect(consenting.or(signing).first()).toBeVisible()
  if (await signing.isVisible()) await signInAtTeamleader(page)
  await consent(page)
  await expectState(page, 'connected', 'Success')
}

crashTest(
  'killed while the admin is at Teamleader: the return connects',
  crash,
  async ({ own, ownCustomer, visitor }) => {
    await leave(visitor, ownCustomer)
    await own.kill()
    await own.start()
    await signInAtTeamleader(visitor)
    await consent(visitor)
    await expectState(visitor, 'connected', 'Success')
  },
)

crashTest('killed with a parked code: the sign-in finishes it', crash, async ({ own, ownCustomer, visitor }) => {
  await leave(visitor, ownCustomer)
  const { location } = await askForCode(own, ownCustomer, '/oauth/callback', stateFromCookie(visitor))
  const session = (await visitor.context().cookies()).filter(({ name }) => name.includes('porte-cles-session'))
  for (const { name } of session) await visitor.context().clearCookies({ name })
  await visitor.goto(location)
  await visitor.waitForURL(`${own.url}/connexion`)
  await own.kill()
  await own.start()
  await visitor.goto('/connexion')
  await fillSignIn(visitor, ownCustomer)
  await expectState(visitor, 'connected', 'Success')
})

crashTest(
  'killed while Teamleader thinks: no half connection, and starting again works',
  async ({ own, ownCustomer, visitor }) => {
    await own.sandbox.script({ clientId: ownCustomer.integration.clientId }, [{ delay_after: 60_000 }])
    await leave(visitor, ownCustomer)
    const { location } = await askForCode(own, ownCustomer, '/oauth/callback', stateFromCookie(visitor))
    const callback = visitor.goto(location).catch(() => null)
    await expect.poll(async () => (await tokenRequests(own, ownCustomer)).length).toBe(1)
    await own.kill()
    await callback
    await own.start()
    await visitor.goto(location)
    await visitor.waitForURL(`${own.url}${keyPage}`)
    await expect(tlGroup(visitor)).toBeVisible()
    expect(await tokenRequests(own, ownCustomer)).toHaveLength(1)
    await expectCleanStart(visitor)
  },
)

crashTest(
  'killed while users.me is asked: the tokens are there, and the page repairs itself',
  crash,
  async ({ own, ownCustomer, visitor }) => {
    await own.sandbox.script({ clientId: ownCustomer.integration.clientId }, [{ on: 'users.me', delay_before: 60_000 }])
    await leave(visitor, ownCustomer)
    const { location } = await askForCode(own, ownCustomer, '/oauth/callback', stateFromCookie(visitor))
    const callback = visitor.goto(location).catch(() => null)
    const asked = async () =>
      (await own.sandbox.journal()).requests.filter(({ endpoint }) => endpoint === 'users.me').length
    await expect.poll(asked).toBe(1)
    await own.kill()
    await callback
    await own.start()
    await visitor.goto(keyPage)
    await expect(tlGroup(visitor).getByText('Success', { exact: true })).toBeVisible()
    expect(await tokenRequests(own, ownCustomer)).toHaveLength(1)
  },
)

crashTest(
  'killed while an admin saves, again and again: the database stays whole',
  crash,
  async ({ own, ownCustomer, visitor }) => {
    await save(visitor, ownCustomer)
    for (let round = 0; round < 3; round++) {
      await visitor.goto(keyPage)
      const pressed = tlGroup(visitor).getByRole('button', { name: 'Enregistrer' }).first().click({ noWaitAfter: true })
      await own.kill()
      await pressed.catch(() => {})
      await own.start()
    }
    await visitor.goto(keyPage)
    await connect(visitor, ownCustomer)
    await expectState(visitor, 'connected', 'Success')
  },
)

crashTest(
  'two processes on one database make one exchange of one return',
  crash,
  async ({ own, ownCustomer, visitor }) => {
    const second = await own.startSecond()
    await leave(visitor, ownCustomer)
    const { location } = await askForCode(own, ownCustomer, '/oauth/callback', stateFromCookie(visitor))
    const cookie = (await visitor.context().cookies(own.url)).map(({ name, value }) => `${name}=${value}`).join('; ')
    const { pathname, search } = new URL(location)
    await own.sandbox.script({ clientId: ownCustomer.integration.clientId }, [{ delay_before: 300 }])
    const endpoints = [own.url, second]
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        fetch(`${endpoints[index % 2]}${pathname}${search}`, { headers: { cookie }, redirect: 'manual' }),
      ),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]))
    expect(await tokenRequests(own, ownCustomer)).toHaveLength(1)
    await visitor.goto(keyPage)
    await expectState(visitor, 'connected', 'Success')
  },
)
