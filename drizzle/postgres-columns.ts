import type { SQL } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Columns } from './sqlite-columns.ts'

const bytewiseText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })

const postgresColumns = {
  table: pgTable,
  index,
  uniqueIndex,
  text: <T extends string = string>() => text().$type<T>(),
  bytewiseText: () => bytewiseText(),
  integer: () => integer(),
  // two thousand million are soon given where many copy many records
  rowNumber: () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  rowReference: () => bigint({ mode: 'number' }),
  derivedInteger: (expression: SQL) => integer().generatedAlwaysAs(expression).notNull(),
  boolean: () => boolean(),
  instant: () => timestamp({ withTimezone: true, precision: 3 }),
  json: <T>() => jsonb().$type<T>(),
}

/** The column kit of PostgreSQL, under the type of SQLite's: both give the same values in code (the contract test proves it). */
export const columns = postgresColumns as unknown as Columns
