import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { AppServer } from '../harness/app-server.ts'
import { fillSignIn } from '../harness/customer.ts'

/** Somebody of support, who can sign in. */
export const newSupporter = async (server: AppServer) => {
  const supporter = { email: `${randomUUID()}@pro-plus.example`, password: 'quatre mots à la suite' }
  const user = { ...supporter, role: 'support', tenantId: null } as const
  await server.compose(({ createAccounts }) => createAccounts.addUser(user, { kind: 'operator' }))
  return supporter
}

/** Signed in as support, on the list of customers. */
export const signInAsSupport = async (page: Page, server: AppServer) => {
  await page.goto(`${server.url}/connexion`)
  await fillSignIn(page, await newSupporter(server))
  await page.waitForURL('**/support')
}
