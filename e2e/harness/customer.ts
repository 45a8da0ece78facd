import { randomBytes, randomUUID } from 'node:crypto'
import { test as base, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import type { TenantId } from '../../lib/domain/accounts/tenant.ts'
import type { Integration } from '../../lib/sandbox/teamleader/integration.ts'
import { marie } from '../../lib/sandbox/teamleader/seeds.ts'
import { sealSession, sessionCookie } from '../../lib/server/auth/session-cookie.ts'
import { type MailServer, startMailServer } from '../../lib/testing/servers/mail-server.ts'
import { type OpenIdProvider, openOpenIdProvider } from '../../lib/testing/servers/openid-provider.ts'
import { type EventReceiver, startEventReceiver } from '../../lib/testing/servers/webhook-receiver.ts'
import { AppServer } from './app-server.ts'

/** A tenant with an admin, and an integration at Teamleader that nobody else uses. */
export interface Customer {
  tenantId: TenantId
  email: string
  password: string
  integration: Integration
}

const password = 'quatre mots à la suite'

const operator = { kind: 'operator' } as const

export const newAdmin = async (server: AppServer, tenantId: TenantId) => {
  const email = `${randomUUID()}@atelier-delvaux.example`
  const admin = { email, role: 'admin', tenantId, password } as const
  await server.compose(({ createAccounts }) => createAccounts.addUser(admin, operator))
  return { email, password }
}

/** @param ref the customer's number in Pro+ */
export const newCustomer = async (server: AppServer, ref: string | null = null): Promise<Customer> => {
  const tenant = { name: `Atelier ${randomUUID().slice(0, 8)}`, ref }
  const tenantId = await server.compose(({ createAccounts }) => createAccounts.addTenant(tenant, operator))
  if (tenantId === null) throw new Error('this reference belongs to another tenant')
  const redirectUris = [`${server.url}/oauth/callback`, `${server.url}/`]
  const [admin, integration] = await Promise.all([
    newAdmin(server, tenantId),
    server.sandbox.integrate({ redirectUris }),
  ])
  return { tenantId, ...admin, integration }
}

/** How often the token endpoint was asked, and what it answered. */
export const tokenRequests = async (server: AppServer, { integration }: Customer) =>
  (await server.sandbox.journal(integration.clientId)).requests.filter(({ endpoint }) => endpoint === 'token')

/** A code as the consent page would hand it out, and the address that would bring it. */
export const askForCode = (
  server: AppServer,
  { integration }: Customer,
  path = '/oauth/callback',
  state?: string,
  user = marie.email,
) =>
  server.sandbox.authorize({
    clientId: integration.clientId,
    redirectUri: `${server.url}${path}`,
    user,
    ...(state !== undefined && { state }),
  })

interface Stage {
  customer: Customer
  /** Signed in as the customer's admin, on « Clé de sécurité ». */
  admin: Page
}

/** One app server for all tests of a worker, and what it is configured to know. */
interface Ground {
  /** Beside those that every app has. */
  moreSettings: Record<string, string>
  mails: MailServer
  receiver: EventReceiver
  provider: OpenIdProvider
  server: AppServer
}

/** `house` serves all tests of a worker, behind one proxy; each test brings a customer of its own. */
export const test = base.extend<Stage, Ground>({
  moreSettings: [{}, { scope: 'worker', option: true }],
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
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: likewise
    async ({}, use) => {
      const provider = await openOpenIdProvider()
      await use(provider)
      await provider.stop()
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ mails, receiver, provider, moreSettings }, use) => {
      const around = { ...mails.settings, ...receiver.settings, ...provider.settings }
      const server = await AppServer.open({ ...around, TRUSTED_PROXY_HOPS: '1', ...moreSettings })
      provider.serve(server.url)
      await use(server)
      await server.close()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: ({ server }, use) => use(server.url),
  // an address of its own, as the proxy would tell it: what is limited by address is no other test's business
  extraHTTPHeaders: ({ server: _ }, use) => use({ 'x-forwarded-for': `2001:db8::${randomBytes(2).toString('hex')}` }),
  customer: async ({ server }, use, info) => {
    const before = server.output().length
    // grants that ended in the five minutes before, of other tests, would add up to an outage of the provider
    await server.inDatabase(({ q, tables: { tokenCalls } }) => q.delete(tokenCalls))
    await use(await newCustomer(server))
    if (info.status !== info.expectedStatus)
      await info.attach('app', { body: server.output().slice(before), contentType: 'text/plain' })
  },
  admin: async ({ page, server, customer }, use) => {
    await enter(page, server, customer)
    await use(page)
  },
})

export const keyPage = '/administratif/cle-de-securite'

type SignIn = Pick<Customer, 'email' | 'password'>

/** A new session, as the sign-in hands it to a browser. */
export const sessionCookieOf = (server: AppServer, { email, password: typed }: SignIn) =>
  server.compose(async (app) => {
    const session = await app.signIn.begin({ email, password: typed, ip: null })
    return { name: sessionCookie(app).name, value: await sealSession(session, app) }
  })

/** On « Clé de sécurité », by a session that stands already: the form is `signIn`'s. */
export const enter = async (page: Page, server: AppServer, customer: SignIn) => {
  await page.context().addCookies([{ ...(await sessionCookieOf(server, customer)), url: server.url }])
  await page.goto(`${server.url}${keyPage}`)
}

export const signIn = async (page: Page, { email, password: typed }: SignIn) => {
  await page.goto('/connexion')
  await fillSignIn(page, { email, password: typed })
  await page.waitForURL(`**${keyPage}`)
}

export const fillSignIn = async (page: Page, { email, password: typed }: SignIn) => {
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(typed)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
}

/** As if somebody had proved who they are an hour ago, in each of their sessions. */
export const confirmedLongAgo = (server: AppServer, email: string) =>
  server.inDatabase(async ({ q, tables: { sessions, users } }) => {
    const [me] = await q.select().from(users).where(eq(users.email, email))
    const confirmedAt = new Date(Date.now() - 3_600_000)
    await q
      .update(sessions)
      .set({ confirmedAt })
      .where(eq(sessions.userId, me?.id ?? ''))
  })

export { expect } from '@playwright/test'
