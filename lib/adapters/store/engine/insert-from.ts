import { Column, getTableColumns, is, SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Only, Queries } from './queries.ts'

/** A row to insert, whose values may be columns of the row it follows from. */
type Row<T extends SQLiteTable> = { [K in keyof T['$inferInsert']]: T['$inferInsert'][K] | SQL | SQLiteColumn }

/** Inserts a row for each one of `source` that matches `where`, in one statement; what is not given is null. */
export const insertFrom = <T extends SQLiteTable, V extends Only<V, Row<T>>>(
  q: Queries,
  into: T,
  row: V,
  source: SQLiteTable,
  where: SQL | undefined,
) => {
  const given: Record<string, unknown> = row
  // in the table's own order, which is the one the database fills
  const fields = Object.entries(getTableColumns(into)).map(([name, column]) => {
    const value = given[name] ?? null
    const taken = is(value, SQL) || is(value, Column)
    return [name, taken ? value : sql`${sql.param(value, column)}`]
  })
  return q.insert(into).select(q.select(Object.fromEntries(fields)).from(source).where(where) as never)
}
