import type { Page } from '@playwright/test'
import type { AppServer } from '../harness/app-server.ts'
import { type Customer, expect } from '../harness/customer.ts'
import { copyAhead } from './sync-page.ts'
import { messages } from './tl-group-section.ts'

export const companiesPage = '/administratif/entreprises'
export const contactsPage = '/administratif/contacts'

export const words = messages.lists

export const search = (page: Page) => page.getByRole('searchbox', { name: words.search })

/** The records that a list shows, without its head. */
export const records = (page: Page) => page.locator('.records tbody tr')

export const emptyState = (page: Page) => page.locator('.empty-list')

/** Its contacts may not be read, from the first page on. */
export const forbidAhead = async (server: AppServer, customer: Customer) => {
  const { clientId } = customer.integration
  await server.sandbox.turn({ clientId }, { forbidden: ['contacts'] })
  await copyAhead(server, customer)
  const failures = () =>
    server.compose(async ({ store }) => (await store.sync.status(customer.tenantId)).map(({ failure }) => failure))
  await expect.poll(failures, { timeout: 40_000 }).toContain('read_forbidden')
}
