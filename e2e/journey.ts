import { randomUUID } from 'node:crypto'
import { test as base, type Page } from '@playwright/test'
import type { TenantId } from '../lib/domain/tenant.ts'
import type { Integration } from '../lib/sandbox/integration.ts'
import { marie } from '../lib/sandbox/seeds.ts'
import { House } from './house.ts'

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
  await house.compose(({ addAccounts }) => addAccounts.addUser(admin, operator))
  return { email, password }
}

/** @param ref the customer's number in Pro+ */
export const newCustomer = async (house: House, ref: string | null = null): Promise<Customer> => {
  const tenant = { name: `Atelier ${randomUUID().slice(0, 8)}`, ref }
  const tenantId = await house.compose(({ addAccounts }) => addAccounts.addTenant(tenant, operator))
  if (tenantId === null) throw new Error('this reference belongs to another tenant')
  const redirectUris = [`${house.url}/oauth/callback`, `${house.url}/`]
  const [admin, integration] = await Promise.all([newAdmin(house, tenantId), house.sandbox.integrate({ redirectUris })])
  return { tenantId, ...admin, integration }
}

/** How often the token endpoint was asked, and what it answered. */
export const tokenRequests = async (house: House, { integration }: Customer) =>
  (await house.sandbox.journal(integration.clientId)).requests.filter(({ endpoint }) => endpoint === 'token')

/** A code as the consent page would hand it out, and the address that would bring it. */
export const askForCode = (house: House, { integration }: Customer, path = '/oauth/callback', state?: string) =>
  house.sandbox.authorize({
    clientId: integration.clientId,
    redirectUri: `${house.url}${path}`,
    user: marie.email,
    ...(state !== undefined && { state }),
  })

interface Stage {
  customer: Customer
  /** Signed in as the customer's admin, on « Clé de sécurité ». */
  admin: Page
}

interface Ground {
  house: House
}

/** `house` serves all tests of a worker; each test brings a customer of its own. */
export const test = base.extend<Stage, Ground>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
    async ({}, use) => {
      const house = await House.open()
      await use(house)
      await house.close()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: ({ house }, use) => use(house.url),
  customer: async ({ house }, use, info) => {
    const before = house.said().length
    await use(await newCustomer(house))
    if (info.status !== info.expectedStatus)
      await info.attach('app', { body: house.said().slice(before), contentType: 'text/plain' })
  },
  admin: async ({ page, customer }, use) => {
    await signIn(page, customer)
    await use(page)
  },
})

export const keyPage = '/administratif/cle-de-securite'

export const signIn = async (page: Page, { email, password: typed }: Pick<Customer, 'email' | 'password'>) => {
  await page.goto('/connexion')
  await fillSignIn(page, { email, password: typed })
  await page.waitForURL(`**${keyPage}`)
}

export const fillSignIn = async (page: Page, { email, password: typed }: Pick<Customer, 'email' | 'password'>) => {
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(typed)
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
}

export { expect } from '@playwright/test'
