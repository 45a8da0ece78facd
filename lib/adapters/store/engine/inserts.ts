import { Column, getTableColumns, getTableName, is, SQL, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
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

/** Rows to insert, all with the same columns; one that stands there already, by its `key`, is written over. */
export interface Upsert<T extends SQLiteTable> {
  into: T
  rows: readonly T['$inferInsert'][]
  key: readonly (keyof T['$inferInsert'] & string)[]
}

const quoted = (name: string) => `"${toSnakeCase(name)}"`

/** What stands before and behind the rows, and the columns that the rows have. */
export const upsertParts = <T extends SQLiteTable>({ into, rows, key }: Upsert<T>) => {
  const columns = Object.entries(getTableColumns(into)).filter(([name]) => name in (rows[0] ?? {}))
  const names = columns.map(([name]) => name)
  const written = names.filter((name) => !(key as readonly string[]).includes(name)).map(quoted)
  return {
    columns,
    before: `insert into "${getTableName(into)}" (${names.map(quoted).join(', ')})`,
    behind: `on conflict (${key.map(quoted).join(', ')}) do update set ${written.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  }
}
