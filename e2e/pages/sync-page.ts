import type { Page } from '@playwright/test'
import type { Container } from '../../lib/composition/container.ts'
import type { Admin } from '../../lib/domain/accounts/user.ts'
import type { ListHeadline } from '../../lib/domain/sync/view/list-view.ts'
import type { AppServer } from '../harness/app-server.ts'
import { connectAhead } from '../harness/connection.ts'
import { type Customer, enter, expect } from '../harness/customer.ts'

export const syncPage = '/administratif/synchronisation'

/** What is copied of Teamleader, as the page shows it. */
export const copyOf = (page: Page) => page.getByRole('region', { name: 'Copie de Teamleader' })

/** Copying takes as long as the machine lets it. */
const patience = { timeout: 40_000 }

export const expectCopy = (page: Page, state: ListHeadline) =>
  expect(copyOf(page).locator('.hero')).toHaveAttribute('data-state', state, patience)

export const openCopy = async (page: Page, server: AppServer, customer: Customer) => {
  await enter(page, server, customer)
  await page.goto(syncPage)
}

export const pressInCopy = (page: Page, name: string) => copyOf(page).getByRole('button', { name, exact: true }).click()

/** No state says « 0 » for nothing new. */
export const expectNoZero = async (page: Page) =>
  expect(await copyOf(page).textContent()).not.toMatch(/\b0 (nouv|modif|suppr)/)

export const rowOf = (page: Page, list: string) => copyOf(page).locator(`[data-list="${list}"]`)

export const asAdminOf = async <T>(
  server: AppServer,
  customer: Customer,
  run: (app: Container, admin: Admin) => Promise<T>,
): Promise<T> =>
  server.compose(async (app) => {
    const user = (await app.store.accounts.findSignIn(customer.email))?.user
    if (user?.role !== 'admin') throw new Error('the admin is not there')
    return run(app, user)
  })

/** Connected, and its lists are read by the app from now on. */
export const copyAhead = async (server: AppServer, customer: Customer) => {
  await connectAhead(server, customer)
  await server.compose(({ copies }) => copies.adopt())
}

/** The same, waited for until it is proven complete. */
export const copied = async (server: AppServer, customer: Customer) => {
  await copyAhead(server, customer)
  await expect
    .poll(
      () =>
        server.compose(async ({ store }) => {
          const lists = await store.sync.status(customer.tenantId)
          return lists.length > 0 && lists.every(({ provenAt, phase }) => provenAt !== null && phase === null)
        }),
      patience,
    )
    .toBe(true)
}

/** Few records, the same for each test. */
export const seedRecords = (server: AppServer, companies = 250) =>
  server.sandbox.records({ seed: { companies, contacts: 30, departments: 3, seed: 1, burst: 1 } })

/** Sixty companies of 250 are deleted at Teamleader, and looked for. */
export const loseMany = async (server: AppServer, customer: Customer) => {
  await seedRecords(server)
  await copied(server, customer)
  await server.sandbox.records({ list: 'companies', delete: 60 })
  await asAdminOf(server, customer, ({ controlSync }, admin) => controlSync.verify(admin, 'companies'))
  await expect.poll(() => server.compose(({ store }) => store.sync.countHeld(customer.tenantId)), patience).toBe(1)
}

export const requestRun = (server: AppServer, customer: Customer) =>
  asAdminOf(server, customer, ({ controlSync }, admin) => controlSync.ofProvider(admin, 'teamleader', 'request'))
