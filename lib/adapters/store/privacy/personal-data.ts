import { and, asc, eq, getTableColumns, gt, inArray, like, or, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { dataInventory, exportedColumns } from '#lib/domain/privacy/data-inventory.ts'
import type { ExportedRow, PersonalDataStore, RowsOf } from '#lib/ports/privacy.ts'
import type { Database } from '../engine/database.ts'
import { eraseRows } from './erase-rows.ts'

type Translate = <T extends object>(part: T) => T

/** What identifies a row of a page, in this order of preference. */
const keys = ['n', 'id'] as const

/** Where a colleague's request about this person came from is the colleague's. */
const without = (row: Record<string, unknown>, of: RowsOf): ExportedRow =>
  'userId' in of && 'address' in row && row.userId !== of.userId ? { ...row, address: null } : row

export const personalDataStore = (db: Database, translated: Translate): PersonalDataStore => {
  const { users } = db.tables
  const columnsOf = (table: SQLiteTable) => getTableColumns(table) as Record<string, AnySQLiteColumn>

  /** Undefined for a table without anything of theirs. */
  const conditionOf = (name: string, table: SQLiteTable, of: RowsOf): SQL | undefined => {
    const { id, tenantId, userId, detail } = columnsOf(table)
    if ('userId' in of) {
      if (name === 'users' || name === 'invitations') return id && eq(id, of.userId)
      const about = name === 'journal' && detail ? like(sql`cast(${detail} as text)`, `%${of.userId}%`) : undefined
      return userId && or(eq(userId, of.userId), about)
    }
    if (name === 'tenants') return id && eq(id, of.tenantId)
    if (tenantId) return eq(tenantId, of.tenantId)
    const people = db.q.select({ id: users.id }).from(users).where(eq(users.tenantId, of.tenantId))
    return userId && inArray(userId, people)
  }

  const reading = translated({
    page: (
      table: SQLiteTable,
      { shown, key, where }: { shown: readonly string[]; key: AnySQLiteColumn | undefined; where: SQL },
      after: unknown,
      limit: number,
    ): Promise<Record<string, unknown>[]> => {
      const columns = columnsOf(table)
      const chosen = Object.fromEntries(shown.flatMap((name) => (columns[name] ? [[name, columns[name]]] : [])))
      const rows = db.q
        .select({ ...chosen, ...(key && { afterKey: key }) })
        .from(table)
        .$dynamic()
      const behind = key && after !== null ? gt(key, after) : undefined
      const read = rows.where(and(where, behind))
      return (key ? read.orderBy(asc(key)).limit(limit) : read) as unknown as Promise<Record<string, unknown>[]>
    },
  })

  async function* rows(name: string, of: RowsOf, limit: number): AsyncGenerator<ExportedRow[]> {
    const kept = dataInventory[name]
    const table = db.tables[name as keyof typeof db.tables] as unknown as SQLiteTable | undefined
    const where = table && conditionOf(name, table, of)
    if (!kept || !table || !where) return
    const key = keys.map((one) => columnsOf(table)[one]).find((column) => column !== undefined)
    let after: unknown = null
    for (;;) {
      const page = await reading.page(table, { shown: exportedColumns(kept), key, where }, after, limit)
      if (page.length > 0) yield page.map(({ afterKey, ...row }) => without(row, of))
      if (!key || page.length < limit) return
      after = page.at(-1)?.afterKey
    }
  }

  return { rows, ...translated(eraseRows(db)) }
}
