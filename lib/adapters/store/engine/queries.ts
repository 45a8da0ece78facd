import type { BaseSQLiteDatabase, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type {
  SQLiteInsertBase,
  SQLiteInsertBuilder,
  SQLiteInsertValue,
  SQLiteUpdateBuilder,
  SQLiteUpdateSetSource,
} from 'drizzle-orm/sqlite-core/query-builders'

type KeysOf<V> = V extends V ? keyof V : never

/**
 * `Known`, where `V` has nothing else. TypeScript says this of a literal alone, not of what is spread into it or comes by a
 * name, and drizzle leaves out what names no column, without a message.
 */
export type Only<V, Known> = Known & Record<Exclude<KeysOf<V>, keyof Known>, never>

/** What an update of a table may set. */
export type Change<T extends SQLiteTable, V> = Only<V, SQLiteUpdateSetSource<T>>

interface Update<T extends SQLiteTable> {
  set<V extends Change<T, V>>(values: V): ReturnType<SQLiteUpdateBuilder<T, 'async', unknown>['set']>
}

interface Insert<T extends SQLiteTable> extends Pick<SQLiteInsertBuilder<T, 'async', unknown>, 'select'> {
  values<V extends Only<V, SQLiteInsertValue<T>>>(values: V | V[]): SQLiteInsertBase<T, 'async', unknown>
}

/** What a statement may be made of, on both dialects: no row locks, no interactive transaction. */
export interface Queries extends Pick<BaseSQLiteDatabase<'async', unknown>, 'select' | 'delete'> {
  insert<T extends SQLiteTable>(into: T): Insert<T>
  update<T extends SQLiteTable>(table: T): Update<T>
}

/** A statement that runs when awaited. */
export type Statement = PromiseLike<unknown>
