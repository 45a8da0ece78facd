import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import type { Admin } from '#lib/domain/accounts/user.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { readRecord } from '#lib/domain/sync/record.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Switches } from '#lib/sandbox/control/switches.ts'
import type { TestApp } from '../app/test-app.ts'

/** A connected tenant whose lists are copied, and how its copy compares with what the provider has. */

/** What a call takes of the provider's time: as long as the budget spaces ours. */
const callMs = 300
const leaseMs = 60_000

/** A tenant whose account has these records, and whose provider counts no calls: what is tested here is not the limit. */
export const copiedTenant = async (testApp: TestApp, switches: Partial<Switches> = {}) => {
  const { admin, integration } = await testApp.connected()
  const { clientId } = integration
  await testApp.control.turn({ clientId }, { rate_limit: 1_000_000, clock_per_call_ms: callMs, ...switches })
  return { admin, clientId }
}

/** The test app's database, by a handle of its own. */
const inDatabase = async <T>({ databaseUrl }: TestApp, work: (db: Database) => Promise<T>): Promise<T> => {
  const db = await openDatabase(databaseUrl)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
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

/** A worker that dies between the claim of its pages and their commit: its leases end by themselves. */
export const dieHolding = async ({ app, clock }: TestApp) => {
  await app.store.sync.claimDue(100, leaseMs, clock.now())
  clock.pass(leaseMs + 1)
}

/** Longer than a call waits for its turn in the minute, shorter than anything else that waits. */
const turnMs = 10_000

/** Milliseconds until the next page is due; null when none is for a while. */
const untilNext = async ({ clock }: TestApp, { q, tables: { syncStates } }: Database) => {
  const [next] = await q
    .select({ at: syncStates.dueAt })
    .from(syncStates)
    .where(isNotNull(syncStates.dueAt))
    .orderBy(asc(syncStates.dueAt))
    .limit(1)
  const ms = next?.at ? next.at.getTime() - clock.now().getTime() : turnMs
  return ms < turnMs ? Math.max(ms, 0) + 1 : null
}

/**
 * Works off what is due until nothing is for a while; time passes until the budget lets the next call leave.
 *
 * @param dies asked before each reading on: whether the worker dies there
 * @returns pages claimed
 */
export const settle = (testApp: TestApp, dies: () => boolean | Promise<boolean> = () => false): Promise<number> =>
  inDatabase(testApp, async (db) => {
    const { app, clock } = testApp
    await app.copies.adopt()
    for (let pages = 0; pages < 200_000; ) {
      if (await dies()) await dieHolding(testApp)
      const read = await app.copies.readDue()
      pages += read
      const ms = await untilNext(testApp, db)
      if (ms !== null) clock.pass(ms)
      else if (read === 0) return pages
    }
    throw new Error('the copying finds no end')
  })

/** All that a person can ask for: every id and the count; a mass deletion is confirmed. */
export const verify = async (testApp: TestApp, admin: Admin, list: ListId) => {
  await testApp.app.controlSync.verify(admin, list)
  const asked = await settle(testApp)
  await testApp.app.controlSync.answer(admin, list, 'delete')
  return asked + (await settle(testApp))
}

/** Reads nothing of this tenant any more: whoever comes later has the worker alone. */
export const retire = async ({ app }: TestApp, admin: Admin) => {
  for (const { list } of await app.store.sync.status(admin.tenantId)) await app.controlSync.stop(admin, list)
}

/** Lets time pass on both sides. */
export const pass = async ({ clock, control }: TestApp, ms: number) => {
  clock.pass(ms)
  await control.script({}, [{ clock: ms }])
}
