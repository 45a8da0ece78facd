import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { readRecord } from '#lib/domain/sync/record.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Switches } from '#lib/sandbox/control/switches.ts'
import { inDatabase } from '../app/connected-tenant.ts'
import type { TestApp } from '../app/test-app.ts'

/** A connected tenant whose lists are copied, and how its copy compares with what the provider has. */

const callMs = 400

/** A tenant whose account has these records, and whose provider counts no calls: what is tested here is not the limit. */
export const copiedTenant = async (testApp: TestApp, switches: Partial<Switches> = {}) => {
  const { admin, integration } = await testApp.connected()
  const { clientId } = integration
  await testApp.control.turn({ clientId }, { rate_limit: 1_000_000, clock_per_call_ms: callMs, ...switches })
  return { admin, clientId }
}

const livingOf = async (db: Database, { tenantId }: Admin, list: ListId) => {
  const table = db.tables[list]
  const where = and(eq(table.tenantId, tenantId), isNull(table.deletedAt))
  return db.q.select({ id: table.providerId, body: table.body }).from(table).where(where)
}

/** What differs between the copy of a list and what the provider has, in any stored field. */
export const differences = async (
  testApp: TestApp,
  admin: Admin,
  id: 'companies' | 'contacts' | 'departments',
): Promise<{ lost: string[]; extra: string[]; different: string[] }> => {
  const list = syncedLists[id]
  const ours = new Map((await inDatabase(testApp, (db) => livingOf(db, admin, id))).map((row) => [row.id, row.body]))
  const theirs: ReadonlyMap<string, unknown> = testApp.records().all(id)
  const canonical = (row: unknown) => readRecord(list, row)?.canonical
  return {
    lost: [...theirs.keys()].filter((key) => !ours.has(key)),
    extra: [...ours.keys()].filter((key) => !theirs.has(key)),
    different: [...theirs].flatMap(([key, row]) =>
      ours.has(key) && canonical(ours.get(key)) !== canonical(row) ? [key] : [],
    ),
  }
}

export const equal = { lost: [], extra: [], different: [] }

/** Works off what is due until nothing is; each call takes its time, so that the budget lets it leave. @returns pages read */
export const settle = async ({ app, clock }: TestApp): Promise<number> => {
  await app.copies.adopt()
  let pages = 0
  for (;;) {
    const read = await app.copies.readDue()
    if (read === 0) return pages
    pages += read
    clock.pass(read * callMs)
    if (pages > 200_000) throw new Error('the copying finds no end')
  }
}

/** All that a person can ask for: every id and the count; a mass deletion is confirmed. */
export const verify = async (testApp: TestApp, admin: Admin, list: ListId) => {
  await testApp.app.controlSync.verify(admin, list)
  await settle(testApp)
  await testApp.app.controlSync.answer(admin, list, 'delete')
  await settle(testApp)
}

/** Lets time pass on both sides. */
export const pass = async ({ clock, control }: TestApp, ms: number) => {
  clock.pass(ms)
  await control.script({}, [{ clock: ms }])
}
