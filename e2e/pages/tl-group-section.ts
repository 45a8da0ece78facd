import { expect, type Locator, type Page } from '@playwright/test'
import messages from '../../lib/i18n/fr.json' with { type: 'json' }
import type { User } from '../../lib/sandbox/teamleader/integration.ts'
import { marie } from '../../lib/sandbox/teamleader/seeds.ts'
import type { Customer } from '../harness/customer.ts'

export { messages }

type FailureCode = keyof typeof messages.failures
type SignIn = Pick<User, 'email' | 'password'>
type Headline = keyof typeof messages.headline

/** The section « TL Group » of « Clé de sécurité ». */
export const tlGroup = (page: Page): Locator => page.getByRole('region', { name: 'TL Group' })

export const fillClient = async (page: Page, { integration }: Customer, secret = integration.clientSecret) => {
  await tlGroup(page).getByLabel('Client ID (V2)').fill(integration.clientId)
  await tlGroup(page).getByLabel('Client Secret (V2)').fill(secret)
}

export const press = (page: Page, name: string) =>
  tlGroup(page).getByRole('button', { name, exact: true }).first().click()

export const save = async (page: Page, customer: Customer, secret?: string) => {
  await fillClient(page, customer, secret)
  await press(page, 'Enregistrer')
  await expect(tlGroup(page)).toContainText(messages.headline.awaiting_authorization.label)
}

/** Saves what is typed and goes to Teamleader's sign-in or consent page. */
export const leave = async (page: Page, customer: Customer, button = 'Se connecter à Teamleader') => {
  await fillClient(page, customer)
  await press(page, button)
  await expect(
    page.getByRole('heading', { level: 1, name: /^(Se connecter à Teamleader Focus|Autoriser )/ }),
  ).toBeVisible()
}

export const signInAtTeamleader = async (page: Page, { email, password }: SignIn = marie) => {
  await expect(page.getByRole('heading', { name: 'Se connecter à Teamleader Focus' })).toBeVisible()
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
}

export const consent = (page: Page) => page.getByRole('button', { name: 'DONNER ACCÈS' }).click()

export const refuse = (page: Page) => page.getByRole('button', { name: 'REFUSER' }).click()

/** From the filled form to the answer of the consent page, and back. */
export const connect = async (page: Page, customer: Customer, user: SignIn = marie) => {
  await leave(page, customer)
  await signInAtTeamleader(page, user)
  await consent(page)
}

/** The state in a word, and the last outcome of the token endpoint to the letter. */
export const expectState = async (page: Page, headline: Headline, authStatus?: string) => {
  await expect(tlGroup(page).getByText(messages.headline[headline].sentence.split('{')[0] ?? '')).toBeVisible()
  if (authStatus !== undefined) await expect(tlGroup(page).getByText(authStatus, { exact: true })).toBeVisible()
}

export const expectFailure = async (page: Page, code: FailureCode) => {
  await expect(tlGroup(page).getByText(messages.failures[code].cause).first()).toBeVisible()
  await expect(tlGroup(page).getByText(messages.failures[code].fix).first()).toBeVisible()
}

/** The state that is under way: the consent page, and the sign-in page before it, carry the request in their address. */
export const stateFromCookie = (page: Page): string => {
  const { searchParams } = new URL(page.url())
  const way = [page.url(), ...searchParams.values()].find((text) =>
    new URLSearchParams(text.split('?')[1]).has('state'),
  )
  return new URLSearchParams(way?.split('?')[1]).get('state') ?? ''
}
