import { DrizzleQueryError, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { JsonText } from '#drizzle/json-text.ts'
import type { Tables } from '#drizzle/tables.ts'
import type { SharedTime } from '#drizzle/time.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { Upsert } from './inserts.ts'
import type { Queries, Statement } from './queries.ts'

/** One `UPDATE … RETURNING` that holds everything a step stands on, and the writes that follow when it matched. */
export interface Step {
  /**
   * An update of the row that callers of such steps take in turn, where what a guard stands on is more than one row:
   * PostgreSQL judges a guard by what was committed before it began.
   */
  hold?: (q: Queries) => Statement
  guard: (q: Queries) => Statement
  /** Built on the transaction's own handle, run only after a won guard. */
  then: (q: Queries) => Statement[]
}

/** Room on the disk for what must be stored when the disk is full. */
export interface Reserve {
  /** Makes sure that it is there. @throws when the disk has no room for it */
  ensure(): Promise<void>
  /** Gives it back to the disk. @returns false when there was none */
  release(): Promise<boolean>
}

/** One open database, whatever its dialect. */
export interface Database {
  tables: Tables
  q: Queries
  /** The same for what may be lost when the machine loses power: nobody waits for the disk. */
  passing: Queries
  time: SharedTime
  json: JsonText
  /** Whether a text is one of these: however many there are, the statement stays the same. */
  among(column: AnySQLiteColumn, texts: readonly string[]): SQL
  /** The elements of an array of JSON to select from, each the `value` of a row; of texts, the texts. */
  elements(array: SQL): SQL
  texts(array: SQL): SQL
  /** However many rows there are, the statement stays the same. Runs in a step alone. */
  upsert<T extends SQLiteTable>(q: Queries, rows: Upsert<T>): Statement
  /**
   * Whether a row is one of those to claim, which `rows` selects by their ids. Rows that others are about to claim are passed
   * over where the dialect can tell, so that nobody waits for them.
   */
  toClaim(id: AnySQLiteColumn, rows: SQLWrapper): SQL
  /** Whether what becomes of connections is put among the deliveries, for the webhook of Pro+. */
  webhookEnabled: boolean
  readOnly: boolean
  /** @returns the guard's first row, or null when it matched none: then nothing was written at all. */
  atomically(step: Step): Promise<Record<string, unknown> | null>
  reserve: Reserve
  /** See `PersonalDataStore`. */
  scrub(mostBytes: number | null): Promise<boolean>
  /** How many migrations of this program the database lacks. */
  pendingMigrations(): Promise<number>
  close(): Promise<void>
}

/** Told every statement before it runs, without the values bound to it. */
export type OnStatement = (sql: string) => void

export interface OpenOptions {
  onStatement?: OnStatement | undefined
  /** Migrates nothing, makes nothing, writes nothing: for those who look. */
  readOnly?: boolean | undefined
  /** For the move itself, which opens what is half moved. */
  keepMove?: boolean | undefined
}

/** A driver's error without the values it was bound to: drizzle prints them in its message. A bug stays what it is. */
export const storageFailure = (error: unknown): unknown => {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  if (cause instanceof Failure) return cause
  const code = (cause as { code?: unknown } | null | undefined)?.code
  if (typeof code === 'string') return new Failure('storage_unavailable', { errorCode: code })
  // better-sqlite3 says with a TypeError that the handle was closed, as it is while the process ends
  const closed = cause instanceof TypeError && cause.message === 'The database connection is not open'
  return closed || error instanceof DrizzleQueryError ? new Failure('storage_unavailable') : error
}
