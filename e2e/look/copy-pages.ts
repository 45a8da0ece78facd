import { newKey, reportRefused } from '../harness/api-client.ts'
import { expect } from '../harness/customer.ts'
import { asAdminOf, copied, copyAhead, loseMany, requestRun, syncPage } from '../pages/sync-page.ts'
import { asAdmin, asReader, type Prepare, type Stage } from './stage.ts'

const failureOf = (server: Stage['server'], { tenantId }: Stage['customer']) =>
  server.compose(async ({ store }) => (await store.sync.status(tenantId))[0]?.failure ?? null)

/** Lists of a copy are answered so, from the next run on. */
const failing =
  (step: object) =>
  async ({ server, customer }: Stage) => {
    await copied(server, customer)
    const { clientId } = customer.integration
    await server.sandbox.script({ clientId }, [{ on: 'companies.list', ...step, times: 50 }])
    await requestRun(server, customer)
    await expect.poll(() => failureOf(server, customer)).not.toBeNull()
  }

/** « Synchronisation » in its states. */
export const copyPages: Record<string, Prepare> = {
  'the copies, none yet': asAdmin(syncPage),
  'the copies, first reading': asAdmin(syncPage, async ({ server, customer }) => {
    await server.sandbox.turn({ clientId: customer.integration.clientId }, { latency_ms: 15_000 })
    await copyAhead(server, customer)
  }),
  'the copies, up to date': asAdmin(syncPage, ({ server, customer }) => copied(server, customer)),
  'the copies, stopped': asAdmin(syncPage, async ({ server, customer }) => {
    await copied(server, customer)
    await asAdminOf(server, customer, ({ controlSync }, admin) => controlSync.ofProvider(admin, 'teamleader', 'stop'))
  }),
  'the copies, tried again': asAdmin(syncPage, failing({ status: 503 })),
  'the copies, at the limit': asAdmin(syncPage, failing({ status: 429 })),
  'the copies, a right lost': asAdmin(syncPage, async ({ server, customer }) => {
    await copied(server, customer)
    await server.sandbox.turn({ clientId: customer.integration.clientId }, { forbidden: ['companies'] })
    await requestRun(server, customer)
    await expect.poll(() => failureOf(server, customer)).toBe('read_forbidden')
  }),
  'the copies, to be reconnected': asAdmin(syncPage, async (stage) => {
    await copied(stage.server, stage.customer)
    await stage.server.sandbox.script({ clientId: stage.customer.integration.clientId }, [{ revoke: true }])
    await reportRefused(stage.server, await newKey(stage.server, stage.customer.tenantId), 1)
  }),
  'the copies, asking about a deletion': asAdmin(syncPage, ({ server, customer }) => loseMany(server, customer)),
  'the copies, as a reader sees them': asReader(syncPage, ({ server, customer }) => copied(server, customer)),
}
