import type { Browser } from '@playwright/test'
import { expectAccessible } from '../harness/accessibility.ts'
import { newKey, reportRefused } from '../harness/api-client.ts'
import { AppServer } from '../harness/app-server.ts'
import { connectAhead, expect, makeDue, navigation, openForLong, test } from '../harness/connection.ts'
import { type Customer, newCustomer, signIn } from '../harness/customer.ts'
import { signInAsSupport } from '../pages/support.ts'
import { expectState, messages } from '../pages/tl-group-section.ts'

const visit = async (browser: Browser, server: AppServer) =>
  (await browser.newContext({ baseURL: server.url, locale: 'fr-BE' })).newPage()

const fails = async (server: AppServer, customer: Customer) => {
  const { clientId } = customer.integration
  await server.sandbox.script({ clientId }, [{ status: 503, body: '<h1>Maintenance</h1>' }])
  await reportRefused(server, await newKey(server, customer.tenantId), 1)
}

/** As if the minute between two probes were over. */
const letProbe = (server: AppServer) =>
  server.inDatabase(async ({ q, tables: { outages } }) => {
    await q.update(outages).set({ nextProbeAt: new Date(Date.now() - 1_000) })
  })

test('an outage is one banner on every page of everybody, blames nobody, and goes when it is over', async ({
  browser,
}) => {
  const server = await AppServer.open()
  try {
    const customers = await Promise.all(Array.from({ length: 6 }, () => newCustomer(server)))
    const [first, ...others] = customers as [Customer, ...Customer[]]
    const connected = [first, ...others.slice(0, 4)]
    const apart = others.at(-1) as Customer
    for (const customer of connected) await connectAhead(server, customer)
    const [page, otherPage, support] = [
      await visit(browser, server),
      await visit(browser, server),
      await visit(browser, server),
    ]
    await signIn(page, first)
    await signIn(otherPage, apart)
    await signInAsSupport(support, server)
    const { later } = await openForLong(page)

    for (const customer of connected) await fails(server, customer)
    await later()
    const banner = page.getByText(messages.outage.title)
    await expect(banner).toBeVisible()
    await expectState(page, 'degraded')
    await expect(navigation(page).getByText(/panne/)).toBeHidden()
    await expectAccessible(page)
    for (const other of [otherPage, support]) {
      await other.reload()
      await expect(other.getByText(messages.outage.title)).toHaveCount(1)
    }
    await expectAccessible(support)

    for (const customer of connected) await makeDue(server, customer)
    await letProbe(server)
    await expect(async () => {
      await later()
      await expect(banner).toBeHidden({ timeout: 1_000 })
      await expectState(page, 'connected', 'Success')
    }).toPass()
    for (const other of [otherPage, support]) {
      await other.reload()
      await expect(other.getByText(messages.outage.title)).toBeHidden()
    }
    for (const context of browser.contexts()) await context.close()
  } finally {
    await server.close()
  }
})
