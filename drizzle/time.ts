import { lte, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'

/**
 * Time as leases, expiries and due times are written and compared: in the clock that all who share the database share.
 * `now` is what the host thinks; only the first of the two kinds believes it.
 */
export interface SharedTime {
  /** A point in time, `ms` from now. */
  plus(ms: number, now: Date): Date | SQL<Date>
  /** What stands in the column, or `ms` from now where that is earlier or nothing stands there. */
  earlier(column: AnySQLiteColumn, ms: number, now: Date): SQL
  /** Whether a point in time has come, at least `ms` ago. */
  past(column: AnySQLiteColumn, now: Date, ms?: number): SQL
  /**
   * Whether something that is put off by at most `longestMs` is due: its time has come, or it lies so far ahead that the
   * clock has jumped back since it was written.
   */
  due(column: AnySQLiteColumn, now: Date, longestMs: number): SQL
  /**
   * Milliseconds left until a point in time; not a number to rely on where the column is null.
   *
   * @param nowMs the epoch's milliseconds, or the place that a prepared statement keeps for them
   */
  until(column: AnySQLiteColumn, nowMs: number | Placeholder): SQL<number>
  /** Milliseconds that the host's clock is ahead of the shared one; null where it is the shared one. */
  ahead: ((now: Date) => SQL<number>) | null
}

const dueBy = (past: SharedTime['past'], column: AnySQLiteColumn, now: Date, longestMs: number): SQL =>
  sql`(${past(column, now)} or not ${past(column, now, -longestMs - 60_000)})`

const hostPast: SharedTime['past'] = (column, now, ms = 0) => lte(column, new Date(now.getTime() - ms))

/** One machine, one clock: the host's. */
export const hostTime: SharedTime = {
  plus: (ms, now) => new Date(now.getTime() + ms),
  earlier: (column, ms, now) => {
    const then = sql.param(new Date(now.getTime() + ms), column)
    return sql`case when ${hostPast(column, now, -ms)} then ${column} else ${then} end`
  },
  past: hostPast,
  due: (column, now, longestMs) => dueBy(hostPast, column, now, longestMs),
  until: (column, nowMs) => sql`${column} - ${nowMs}`.mapWith(Number),
  ahead: null,
}

const secondsLater = (ms: number) => sql<Date>`clock_timestamp() + make_interval(secs => ${ms / 1000}::float8)`

/** Selected once: compared with the clock itself, which goes on from row to row, no index finds what is due. */
const databasePast: SharedTime['past'] = (column, _, ms = 0) => sql`${column} <= (select ${secondsLater(-ms)})`

/** The database's clock, since replicas may disagree by minutes. */
export const databaseTime: SharedTime = {
  plus: secondsLater,
  earlier: (column, ms, now) =>
    sql`case when ${databasePast(column, now, -ms)} then ${column} else ${secondsLater(ms)} end`,
  past: databasePast,
  due: (column, now, longestMs) => dueBy(databasePast, column, now, longestMs),
  until: (column) => sql`extract(epoch from ${column} - clock_timestamp()) * 1000`.mapWith(Number),
  ahead: (now) => sql`extract(epoch from ${now.toISOString()}::timestamptz - clock_timestamp()) * 1000`.mapWith(Number),
}
