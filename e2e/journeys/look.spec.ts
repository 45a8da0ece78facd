import type { Page } from '@playwright/test'
import { and, eq } from 'drizzle-orm'
import { type Locale, locales } from '../../lib/domain/accounts/user.ts'
import { findFaults, findSmallTargets } from '../harness/accessibility.ts'
import { newKey, reportRefused } from '../harness/api-client.ts'
import { AppServer } from '../harness/app-server.ts'
import {
  connectAhead,
  connectThroughOperator,
  departAhead,
  expect,
  makeDue,
  offerAnother,
  operatorClient,
  refuseOperator,
  test,
} from '../harness/connection.ts'
import { askForCode, type Customer, enter, keyPage, newCustomer } from '../harness/customer.ts'
import { newReader } from '../pages/reader.ts'
import { newSupporter } from '../pages/support.ts'
import { asAdminOf, copied, copyAhead, loseMany, requestRun, syncPage } from '../pages/sync-page.ts'

/** `npm run test:look`: every page, and « Clé de sécurité » in its states, in each theme, language and width. */

const themes = ['light', 'dark'] as const

const widths = [320, 768, 1280]

interface Stage {
  page: Page
  server: AppServer
  customer: Customer
}

/** Brings a page about. @returns its path, and whose language it is in; nobody's when it is read signed out. */
type Prepare = (stage: Stage) => Promise<{ path: string; reader?: string }>

const signedOut =
  (path: string): Prepare =>
  async () => ({ path })

/** @param before what happened to the tenant */
const asAdmin =
  (path: string, before: (stage: Stage) => Promise<unknown> = async () => {}): Prepare =>
  async (stage) => {
    await before(stage)
    await enter(stage.page, stage.server, stage.customer)
    return { path, reader: stage.customer.email }
  }

const connected = ({ server, customer }: Stage) => connectAhead(server, customer)

const asReader =
  (path: string, before: (stage: Stage) => Promise<unknown> = async () => {}): Prepare =>
  async (stage) => {
    await before(stage)
    const reader = await newReader(stage.server, stage.customer.tenantId)
    await enter(stage.page, stage.server, reader)
    return { path, reader: reader.email }
  }

const asSupport =
  (path: (stage: Stage) => string | Promise<string>, before = connected): Prepare =>
  async (stage) => {
    const supporter = await newSupporter(stage.server)
    await before(stage)
    await enter(stage.page, stage.server, supporter)
    return { path: await path(stage), reader: supporter.email }
  }

/** The next refresh is answered so. */
const refreshed = (step: object) => async (stage: Stage) => {
  await connected(stage)
  const { server, customer } = stage
  await server.sandbox.script({ clientId: customer.integration.clientId }, [step])
  await makeDue(server, customer)
  await reportRefused(server, await newKey(server, customer.tenantId), 1)
}

/** Lists of a copy are answered so, from the next run on. */
const failing =
  (step: object) =>
  async ({ server, customer }: Stage) => {
    await copied(server, customer)
    const { clientId } = customer.integration
    await server.sandbox.script({ clientId }, [{ on: 'companies.list', ...step, times: 50 }])
    await requestRun(server, customer)
    await expect
      .poll(() => server.compose(async ({ store }) => (await store.sync.status(customer.tenantId))[0]?.failure))
      .not.toBeNull()
  }

const openRow = ({ server, customer }: Stage) =>
  server.inDatabase(async ({ q, tables: { connections, tenants } }) => {
    const [row] = await q
      .select({ id: connections.id, name: tenants.name })
      .from(connections)
      .innerJoin(tenants, eq(tenants.id, connections.tenantId))
      .where(and(eq(tenants.id, customer.tenantId), eq(connections.provider, 'teamleader')))
    return `/support?q=${encodeURIComponent(row?.name ?? '')}&open=${row?.id}`
  })

const invited: Prepare = async ({ server, customer }) => {
  const somebody = { email: `invited-${customer.email}`, role: 'reader', tenantId: customer.tenantId } as const
  const { token } = await server.compose(({ createAccounts }) =>
    createAccounts.addUser({ ...somebody, password: null }, { kind: 'operator' }),
  )
  return { path: `/invitation/${token}` }
}

/** A return that has no state, then `path`. */
const callback =
  (query: (stage: Stage) => Promise<string>): Prepare =>
  async (stage) => {
    await departAhead(stage.server, stage.customer)
    await enter(stage.page, stage.server, stage.customer)
    await stage.page.goto(`${stage.server.url}/oauth/callback?${await query(stage)}`)
    return { path: keyPage, reader: stage.customer.email }
  }

const pages: Record<string, Prepare> = {
  'the sign-in': signedOut('/connexion'),
  'a forgotten password': signedOut('/mot-de-passe'),
  'an invitation': invited,
  'a dead invitation': signedOut('/invitation/a-guess'),
  'a dead password link': signedOut('/mot-de-passe/a-guess'),
  'a dead first-run link': signedOut('/premier-demarrage/a-guess'),
  'a page that is not there': signedOut('/nowhere'),
  '« Clé de sécurité », empty': asAdmin(keyPage),
  '« Clé de sécurité », saved': asAdmin(keyPage, ({ server, customer }) => departAhead(server, customer)),
  '« Clé de sécurité », connected': asAdmin(keyPage, connected),
  '« Clé de sécurité », asking about another account': asAdmin(keyPage, async (stage) => {
    await connected(stage)
    await offerAnother(stage.server, stage.customer)
  }),
  '« Clé de sécurité », to be reconnected': asAdmin(keyPage, refreshed({ revoke: true })),
  '« Clé de sécurité », degraded': asAdmin(keyPage, refreshed({ status: 503 })),
  '« Clé de sécurité », misconfigured': asAdmin(
    keyPage,
    refreshed({ status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed' } }),
  ),
  '« Clé de sécurité », with a code that waits': callback(async ({ server, customer }) =>
    new URLSearchParams({ code: (await askForCode(server, customer)).code }).toString(),
  ),
  '« Clé de sécurité », refused': callback(async () => 'error=access_denied'),
  'a departure that was lost': asAdmin('/oauth/depart'),
  '« Clé de sécurité », as a reader sees it': asReader(keyPage, connected),
  '« Clé de sécurité », broken, as a reader sees it': asReader(keyPage, refreshed({ revoke: true })),
  'the journal': asAdmin('/administratif/journal', connected),
  'the journal, with a failure': asAdmin('/administratif/journal?show=everything', refreshed({ status: 503 })),
  'the journal, searched in vain': asAdmin('/administratif/journal?q=xyzzyx', connected),
  'the journal, as a reader sees it': asReader('/administratif/journal', connected),
  'the users': asAdmin('/administratif/utilisateurs'),
  'the copies, none yet': asAdmin(syncPage),
  'the copies, first reading': asAdmin(syncPage, async ({ server, customer }) => {
    await server.sandbox.turn({ clientId: customer.integration.clientId }, { latency_ms: 15_000 })
    await copyAhead(server, customer)
  }),
  'the copies, up to date': asAdmin(syncPage, ({ server, customer }) => copied(server, customer)),
  'the copies, stopped': asAdmin(syncPage, async ({ server, customer }) => {
    await copied(server, customer)
    await asAdminOf(server, customer, ({ controlSync }, admin) => controlSync.ofProvider(admin, 'teamleader', 'stop'))
  }),
  'the copies, tried again': asAdmin(syncPage, failing({ status: 503 })),
  'the copies, at the limit': asAdmin(syncPage, failing({ status: 429 })),
  'the copies, a right lost': asAdmin(syncPage, failing({ status: 403 })),
  'the copies, to be reconnected': asAdmin(syncPage, async (stage) => {
    await copied(stage.server, stage.customer)
    await stage.server.sandbox.script({ clientId: stage.customer.integration.clientId }, [{ revoke: true }])
    await reportRefused(stage.server, await newKey(stage.server, stage.customer.tenantId), 1)
  }),
  'the copies, asking about a deletion': asAdmin(syncPage, ({ server, customer }) => loseMany(server, customer)),
  'the copies, as a reader sees them': asReader(syncPage, ({ server, customer }) => copied(server, customer)),
  'the list of support': asSupport(() => '/support'),
  'an open row of support’s list': asSupport(openRow, refreshed({ revoke: true })),
  'a customer as support sees it': asSupport(({ customer }) => `/support/${customer.tenantId}`),
}
for (let step = 1; step <= 8; step += 1)
  pages[`step ${step} of the guide`] = asAdmin(`/administratif/guide?etape=${step}`)

const shared = ({ server, customer }: Stage) => connectThroughOperator(server, customer)

/** With the setting on. */
const operatorPages: Record<string, Prepare> = {
  '« Clé de sécurité », one click away': asAdmin(keyPage),
  '« Clé de sécurité », connected through the operator': asAdmin(keyPage, shared),
  '« Clé de sécurité », with an integration of its own': asAdmin(keyPage, connected),
  '« Clé de sécurité », when the operator is at fault': asAdmin(keyPage, async (stage) => {
    await shared(stage)
    await refuseOperator(stage.server, stage.customer)
  }),
  'the first of two steps': asAdmin('/administratif/guide'),
  'the second of two steps': asAdmin('/administratif/guide?etape=8'),
  'the list of support, when the operator is at fault': async (stage) => {
    const supporter = await newSupporter(stage.server)
    await shared(stage)
    await refuseOperator(stage.server, stage.customer)
    await enter(stage.page, stage.server, supporter)
    return { path: '/support', reader: supporter.email }
  },
}

const speak = async ({ page, server }: Stage, locale: Locale, reader: string | undefined) => {
  await page.context().addCookies([{ name: 'porte-cles-locale', value: locale, url: server.url }])
  if (reader === undefined) return
  await server.inDatabase(async ({ q, tables: { users } }) => {
    await q.update(users).set({ locale }).where(eq(users.email, reader))
  })
}

/** What axe finds, and whether something is wider than the window. */
const faultsOf = async (page: Page, theme: (typeof themes)[number], width: number) => {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.setViewportSize({ width, height: 800 })
  const faults = await findFaults(page)
  faults.push(...(await findSmallTargets(page)))
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return wide > 0 ? [...faults, `${wide} px wider than the window`] : faults
}

const look = async (stage: Stage, prepare: Prepare) => {
  const { page, server } = stage
  const { path, reader } = await prepare(stage)
  const found: string[] = []
  for (const locale of locales) {
    await speak(stage, locale, reader)
    await page.goto(`${server.url}${path}`)
    await expect(page.locator('html')).toHaveAttribute('lang', locale)
    for (const theme of themes)
      for (const width of widths)
        for (const fault of await faultsOf(page, theme, width)) found.push(`${locale}, ${theme}, ${width}: ${fault}`)
  }
  expect(found).toEqual([])
}

for (const [name, prepare] of Object.entries(pages))
  test(`${name} looks as it should`, ({ page, server, customer }) => look({ page, server, customer }, prepare))

test.describe('with an integration of the operator’s', () => {
  let server: AppServer
  test.beforeAll(async () => {
    server = await AppServer.open(operatorClient)
  })
  test.afterAll(() => server.close())
  for (const [name, prepare] of Object.entries(operatorPages))
    test(`${name} looks as it should`, async ({ page }) =>
      look({ page, server, customer: await newCustomer(server) }, prepare))
})
