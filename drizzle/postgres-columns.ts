import { boolean, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Columns } from './sqlite-columns.ts'

const postgresColumns = {
  table: pgTable,
  index,
  uniqueIndex,
  text: () => text(),
  enumeration: <const T extends readonly [string, ...string[]]>(values: T) => text({ enum: values }),
  integer: () => integer(),
  boolean: () => boolean(),
  instant: () => timestamp({ withTimezone: true, precision: 3 }),
  json: <T>() => jsonb().$type<T>(),
}

/** The column kit of PostgreSQL, under the type of SQLite's: both give the same values in code (the contract test proves it). */
export const columns = postgresColumns as unknown as Columns
