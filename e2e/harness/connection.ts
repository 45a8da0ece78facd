import type { BrowserContext, Page } from '@playwright/test'
import { asc, eq } from 'drizzle-orm'
import type { Container } from '../../lib/composition/container.ts'
import type { Admin } from '../../lib/domain/accounts/user.ts'
import { jeanBaptiste, proPlus } from '../../lib/sandbox/teamleader/seeds.ts'
import { expectState } from '../pages/tl-group-section.ts'
import { newKey, reportRefused } from './api-client.ts'
import type { AppServer } from './app-server.ts'
import { askForCode, type Customer, enter, expect, test as journey, keyPage } from './customer.ts'

const findAdmin = async ({ store }: Pick<Container, 'store'>, { email }: Customer) => {
  const user = (await store.accounts.findSignIn(email))?.user
  if (user?.role !== 'admin') throw new Error('the admin is not there')
  return user
}

const saveAhead = async ({ saveSettings }: Pick<Container, 'saveSettings'>, user: Admin, { integration }: Customer) => {
  const { clientId, clientSecret } = integration
  await saveSettings(user, 'teamleader', { revision: 0, enabled: true, clientId, clientSecret })
}

/** What a journey to Teamleader and back leaves, without the browser that `connect.spec.ts` sends there. */
export const connectAhead = (server: AppServer, customer: Customer) =>
  server.compose(async (app) => {
    const user = await findAdmin(app, customer)
    await saveAhead(app, user, customer)
    const nonce = app.random.secret()
    const state = await app.startAuthorization.begin(user, 'teamleader', nonce)
    const { code } = await askForCode(server, customer)
    const result = await app.handleCallback.withCode({ provider: 'teamleader', state, nonce, user }, code)
    if (result.kind !== 'connected') throw new Error(`not connected: ${JSON.stringify(result)}`)
  })

/** The operator's own integration, as the setting names it; the bac à sable knows it from the start. */
export const operatorClient = { TEAMLEADER_CLIENTS: `${proPlus.clientId}:${proPlus.clientSecret}` }

/** The same through the operator's integration, with nothing saved. */
export const connectThroughOperator = (server: AppServer, customer: Customer) =>
  server.compose(async (app) => {
    const user = await findAdmin(app, customer)
    const nonce = app.random.secret()
    const state = await app.startAuthorization.begin(user, 'teamleader', nonce, 'shared')
    const { code } = await askForCode(server, { ...customer, integration: { ...proPlus, redirectUris: [] } })
    const result = await app.handleCallback.withCode({ provider: 'teamleader', state, nonce, user }, code)
    if (result.kind !== 'connected') throw new Error(`not connected: ${JSON.stringify(result)}`)
  })

/** From now on Teamleader refuses the operator's integration, as the next refresh finds out. */
export const refuseOperator = async (server: AppServer, customer: Customer) => {
  await server.sandbox.script({ clientId: proPlus.clientId }, [
    { status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed' }, times: 1_000 },
  ])
  await makeDue(server, customer)
  await reportRefused(server, await newKey(server, customer.tenantId), 1)
}

/** As before it was refused. */
export const acceptOperator = (server: AppServer) => server.sandbox.clear({ clientId: proPlus.clientId })

/** The customer's form is saved, and a browser left for Teamleader. @returns the state it took, and its own nonce. */
export const startAuthorizationAhead = (server: AppServer, customer: Customer) =>
  server.compose(async (app) => {
    const user = await findAdmin(app, customer)
    const record = await app.store.authorizations.find(user.tenantId, 'teamleader')
    if (!record?.client) await saveAhead(app, user, customer)
    const nonce = app.random.secret()
    return { nonce, state: await app.startAuthorization.begin(user, 'teamleader', nonce) }
  })

/** Another account than the connected one was consented to, and waits for an answer. */
export const offerAnother = (server: AppServer, customer: Customer) =>
  server.compose(async (app) => {
    const user = await findAdmin(app, customer)
    const record = await app.store.authorizations.find(user.tenantId, 'teamleader')
    if (!record) throw new Error('the connection is not there')
    const { code } = await askForCode(server, customer, '/oauth/callback', undefined, jeanBaptiste.email)
    await app.redeemPastedCode.paste(user, record, code, null)
  })

/** Connects the customer and signs its admin in. */
export const receiveCode = async (page: Page, server: AppServer, customer: Customer) => {
  await connectAhead(server, customer)
  await enter(page, server, customer)
  await expectState(page, 'connected', 'Success')
}

/** As if the time had come: the next refresh is due, and who held the right to ask for it held it long ago. */
export const makeDue = (server: AppServer, { tenantId }: Pick<Customer, 'tenantId'>) =>
  server.inDatabase(async ({ q, tables: { tokenSets } }) => {
    const past = new Date(Date.now() - 1_000)
    const lease = { leaseUntil: past }
    const [row] = await q.select().from(tokenSets).where(eq(tokenSets.tenantId, tenantId))
    const due = { refreshDueAt: past, ...(row?.leaseUntil && lease) }
    await q.update(tokenSets).set(due).where(eq(tokenSets.tenantId, tenantId))
  })

/** What the journal tells of a customer, oldest first. */
export const eventsOf = (server: AppServer, { tenantId }: Pick<Customer, 'tenantId'>): Promise<string[]> =>
  server.inDatabase(async ({ q, tables: { journal } }) => {
    const rows = await q.select().from(journal).where(eq(journal.tenantId, tenantId)).orderBy(asc(journal.at))
    return rows.map(({ event }) => event)
  })

/** How often Teamleader was asked to refresh this customer's tokens. */
export const refreshes = async (server: AppServer, { integration }: Pick<Customer, 'integration'>) =>
  (await server.sandbox.journal(integration.clientId)).requests.filter(
    ({ grant_type }) => grant_type === 'refresh_token',
  )

/** Somebody leaves the page open and looks at it a moment later; time in the browser alone is moved. */
export const openForLong = async (page: Page) => {
  await page.clock.install()
  await page.goto(keyPage)
  await expectState(page, 'connected')
  return { later: () => page.clock.fastForward(20_000) }
}

export const navigation = (page: Page) => page.getByRole('navigation')

/** `wired` is signed in on « Clé de sécurité » of a connected customer; `key` is a back end's. */
export const test = journey.extend<{ wired: Page; key: string }>({
  wired: async ({ page, server, customer }, use) => {
    await receiveCode(page, server, customer)
    await use(page)
  },
  key: async ({ server, customer }, use) => use(await newKey(server, customer.tenantId)),
})

export const allowClipboard = (context: BrowserContext, server: AppServer) =>
  context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })

export { expect }
