import { eq } from 'drizzle-orm'
import { enter } from '../harness/customer.ts'
import { companiesPage, contactsPage, forbidAhead } from '../pages/lists-page.ts'
import { asAdminOf, copied, copyAhead, syncPage } from '../pages/sync-page.ts'
import { asAdmin, asReader, type Prepare, type Stage } from './stage.ts'

const whole = ({ server, customer }: Stage) => copied(server, customer)

/** The first of a list. */
const firstOf = ({ server, customer: { tenantId } }: Stage, list: 'companies' | 'contacts') =>
  server.inDatabase(async ({ q, tables }) => {
    const table = tables[list]
    const [row] = await q.select().from(table).where(eq(table.tenantId, tenantId)).orderBy(table.n).limit(1)
    return { n: row?.n ?? 0, id: row?.providerId ?? '' }
  })

const asRecord =
  (path: string, list: 'companies' | 'contacts'): Prepare =>
  async (stage) => {
    await whole(stage)
    await enter(stage.page, stage.server, stage.customer)
    return { path: `${path}/${(await firstOf(stage, list)).n}`, reader: stage.customer.email }
  }

const eraseOne = async (stage: Stage) => {
  await whole(stage)
  const { id } = await firstOf(stage, 'contacts')
  await asAdminOf(stage.server, stage.customer, ({ eraseRecord }, admin) => eraseRecord.erase(admin, 'contacts', id))
}

/** What is copied, in its states. */
export const listPages: Record<string, Prepare> = {
  'a list': asAdmin(companiesPage, whole),
  'a list, searched and narrowed': asAdmin(`${companiesPage}?q=lambert&status=active`, whole),
  'a list, as a reader sees it': asReader(contactsPage, whole),
  'a list, not connected': asAdmin(companiesPage),
  'a list, first reading': asAdmin(companiesPage, async ({ server, customer }) => {
    await server.sandbox.turn({ clientId: customer.integration.clientId }, { latency_ms: 60_000 })
    await copyAhead(server, customer)
  }),
  'a list, searched in vain': asAdmin(`${companiesPage}?q=xyzzyx`, whole),
  'a list, forbidden': asAdmin(contactsPage, ({ server, customer }) => forbidAhead(server, customer)),
  'a company': asRecord(companiesPage, 'companies'),
  'a contact': asRecord(contactsPage, 'contacts'),
  'the copies, with an erased record': asAdmin(syncPage, eraseOne),
}
