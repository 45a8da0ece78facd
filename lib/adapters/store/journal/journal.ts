import { randomUUID } from 'node:crypto'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalStore } from '#lib/ports/journal.ts'
import type { Database } from '../engine/database.ts'
import { insertFrom } from '../engine/inserts.ts'
import type { Queries } from '../engine/queries.ts'
import { journalPages } from './journal-pages.ts'

const rowOf = (entry: JournalEntry) => ({
  id: randomUUID(),
  at: entry.at,
  tenantId: entry.tenantId,
  connectionId: entry.connectionId,
  actor: entry.actor.kind,
  userId: entry.actor.kind === 'user' ? entry.actor.userId : null,
  address: entry.actor.ip ?? null,
  event: entry.event,
  outcome: entry.outcome,
  detail: entry.detail,
})

/** The insert of an entry, to stand beside the change it tells of. */
export const writeEntry = ({ tables }: Database, q: Queries, entry: JournalEntry) =>
  q.insert(tables.journal).values(rowOf(entry))

/** The same, written only where a row says that there is something to tell. */
export const writeEntryWhere = (
  { tables }: Database,
  q: Queries,
  entry: JournalEntry,
  { source, where }: { source: SQLiteTable; where: SQL },
) => insertFrom(q, tables.journal, rowOf(entry), source, where)

/** The same for each of the connections that match, of the tenant of each. */
export const writeEntryOfEach = (
  { tables: { journal, connections } }: Database,
  q: Queries,
  entry: JournalEntry,
  where: SQL,
) => {
  const { id, ...row } = rowOf(entry)
  const each = {
    id: sql`${connections.id} || ${`-${id.slice(-12)}`}`,
    tenantId: connections.tenantId,
    connectionId: connections.id,
  }
  return insertFrom(q, journal, { ...row, ...each }, connections, where)
}

export const journalStore = (db: Database): JournalStore => ({
  append: async (entry) => {
    await writeEntry(db, db.q, entry)
  },
  recent: (tenantId, connectionId, limit) => {
    const { journal } = db.tables
    return db.q
      .select({
        id: journal.id,
        at: journal.at,
        event: journal.event,
        outcome: journal.outcome,
        detail: journal.detail,
      })
      .from(journal)
      .where(and(eq(journal.connectionId, connectionId), eq(journal.tenantId, tenantId)))
      .orderBy(desc(journal.at))
      .limit(limit)
  },
  ...journalPages(db),
})
