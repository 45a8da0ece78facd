import { randomBytes, randomUUID } from 'node:crypto'
import { test as base, type Page } from '@playwright/test'
import type { TenantId } from '../../lib/domain/accounts/tenant.ts'
import type { Integration } from '../../lib/sandbox/teamleader/integration.ts'
import { marie } from '../../lib/sandbox/teamleader/seeds.ts'
import { sealSession, sessionCookie } from '../../lib/server/auth/session-cookie.ts'
import { type MailServer, startMailServer } from '../../lib/testing/servers/mail-server.ts'
import { type OpenIdProvider, openOpenIdProvider } from '../../lib/testing/servers/openid-provider.ts'
import { type EventReceiver, startEventReceiver } from '../../lib/testing/servers/webhook-receiver.ts'
import { House } from './app-server.ts'

/** A tenant with an admin, and an integration at Teamleader that nobody else uses. */
export interface Customer {
  tenantId: TenantId
  email: string
  password: string
  integration: Integration
}

const password = 'quatre mots à la suite'

const operator = { kind: 'operator' } as const

export const newAdmin = async (house: House, tenantId: TenantId) => {
  const email = `${randomUUID()}@atelier-delvaux.example`
  const admin = { email, role: 'admin', tenantId, password } as const
  await house.compose(({ createAccounts }) => createAccounts.addUser(admin, operator))
  return { email, password }
}

/** @param ref the customer's number in Pro+ */
export const newCustomer = async (house: House, ref: string | null = null): Promise<Customer> => {
  const tenant = { name: `Atelier ${randomUUID().slice(0, 8)}`, ref }
  const tenantId = await house.compose(({ createAccounts }) => createAccounts.addTenant(tenant, operator))
  if (tenantId === null) throw new Error('this reference belongs to another tenant')
  const redirectUris = [`${house.url}/oauth/callback`, `${house.url}/`]
  const [admin, integration] = await Promise.all([newAdmin(house, tenantId), house.sandbox.integrate({ redirectUris })])
  return { tenantId, ...admin, integration }
}

/** How often the token endpoint was asked, and what it answered. */
export const tokenRequests = async (house: House, { integration }: Customer) =>
  (await house.sandbox.journal(integration.clientId)).requests.filter(({ endpoint }) => endpoint === 'token')

/** A code as the consent page would hand it out, and the address that would bring it. */
export const askForCode = (
  house: House,
  { integration }: Customer,
  path = '/oauth/callback',
  state?: string,
  user = marie.email,
) =>
  house.sandbox.authorize({
    clientId: integration.clientId,
    redirectUri: `${house.url}${path}`,
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
  mails: MailServer
  receiver: EventReceiver
  provider: OpenIdProvider
  house: House
}

/** `house` serves all tests of a worker, behind one proxy; each test brings a customer of its own. */
export const test = base.extend<Stage, Ground>({
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
  house: [
    async ({ mails, receiver, provider }, use) => {
      const around = { ...mails.settings, ...receiver.settings, ...provider.settings }
      const house = await House.open({ ...around, TRUSTED_PROXY_HOPS: '1' })
      provider.serve(house.url)
      await use(house)
      await house.close()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: ({ house }, use) => use(house.url),
  // an address of its own, as the proxy would tell it: what is limited by address is no other test's business
  extraHTTPHeaders: ({ house: _ }, use) => use({ 'x-forwarded-for': `2001:db8::${randomBytes(2).toString('hex')}` }),
  customer: async ({ house }, use, info) => {
    const before = house.output().length
    await use(await newCustomer(house))
    if (info.status !== info.expectedStatus)
      await info.attach('app', { body: house.output().slice(before), contentType: 'text/plain' })
  },
  admin: async ({ page, house, customer }, use) => {
    await enter(page, house, customer)
    await use(page)
  },
})

export const keyPage = '/administratif/cle-de-securite'

type SignIn = Pick<Customer, 'email' | 'password'>

/** A new session, as the sign-in hands it to a browser. */
export const sessionCookieOf = (house: House, { email, password: typed }: SignIn) =>
  house.compose(async (app) => {
    const session = await app.signIn.begin({ email, password: typed, ip: null })
    return { name: sessionCookie(app).name, value: await sealSession(session, app) }
  })

/** On « Clé de sécurité », by a session that stands already: the form is `signIn`'s. */
export const enter = async (page: Page, house: House, customer: SignIn) => {
  await page.context().addCookies([{ ...(await sessionCookieOf(house, customer)), url: house.url }])
  await page.goto(`${house.url}${keyPage}`)
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

export { expect } from '@playwright/test'
