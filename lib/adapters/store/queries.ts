import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

/** What a statement may be made of, on both dialects: no row locks, no interactive transaction. */
export type Queries = Pick<BaseSQLiteDatabase<'async', unknown>, 'select' | 'insert' | 'update' | 'delete'>

/** A statement that runs when awaited. */
export type Statement = PromiseLike<unknown>
