import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { House } from '../harness/app-server.ts'
import { fillSignIn } from '../harness/customer.ts'

/** Somebody of support, who can sign in. */
export const newSupporter = async (house: House) => {
  const supporter = { email: `${randomUUID()}@pro-plus.example`, password: 'quatre mots à la suite' }
  const user = { ...supporter, role: 'support', tenantId: null } as const
  await house.compose(({ createAccounts }) => createAccounts.addUser(user, { kind: 'operator' }))
  return supporter
}

/** Signed in as support, on the list of customers. */
export const signInAsSupport = async (page: Page, house: House) => {
  await page.goto('/connexion')
  await fillSignIn(page, await newSupporter(house))
  await page.waitForURL('**/support')
}
