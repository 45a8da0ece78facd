import type { SQL } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** The column kit of SQLite: the words in which `tables.ts` is written. */
export const sqliteColumns = {
  table: sqliteTable,
  index,
  uniqueIndex,
  text: <T extends string = string>() => text().$type<T>(),
  /** Text that is compared byte by byte, whatever the language of the database: prefixes are ranges. */
  bytewiseText: () => text(),
  integer: () => integer(),
  /** Given by the database, in the order in which rows are made. */
  rowNumber: () => integer().primaryKey(),
  /** The number of a row of another table. */
  rowReference: () => integer(),
  /** Computed by the database from other columns of the row. */
  derivedInteger: (expression: SQL) => integer().generatedAlwaysAs(expression).notNull(),
  boolean: () => integer({ mode: 'boolean' }),
  /** A point in time with milliseconds; `Date` in code. */
  instant: () => integer({ mode: 'timestamp_ms' }),
  json: <T>() => text({ mode: 'json' }).$type<T>(),
}

export type Columns = typeof sqliteColumns
