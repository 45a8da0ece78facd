import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core'

/**
 * JSON that the database writes itself, as text: a page of records is one row, and what is only passed on is never parsed.
 * What is null becomes `null`.
 */
export interface JsonText {
  text(column: AnySQLiteColumn): SQL
  /** ISO 8601 in UTC, with milliseconds. */
  instant(column: AnySQLiteColumn): SQL
  /** The whole value of a column of JSON. */
  value(column: AnySQLiteColumn): SQL
  /** A property of it, where that is text. */
  textAt(column: AnySQLiteColumn, key: string): SQL
  /** The lines of all rows of an ordered source, one after the other: to order them again would cost more than to read them. */
  join(line: SQLWrapper, separator: string): SQL<string | Uint8Array | null>
}

export const sqliteJson: JsonText = {
  text: (column) => sql`json_quote(${column})`,
  instant: (column) =>
    sql`case when ${column} is null then 'null' else strftime('"%Y-%m-%dT%H:%M:%fZ"', ${column} / 1000.0, 'unixepoch') end`,
  value: (column) => sql`coalesce(${column}, 'null')`,
  textAt: (column, key) => {
    const path = `$.${key}`
    return sql`case json_type(${column}, ${path}) when 'text' then ${column} -> ${path} else 'null' end`
  },
  // as bytes: what is only passed on is not made a string first
  join: (line, separator) => sql`cast(group_concat(${line}, ${separator}) as blob)`,
}

export const postgresJson: JsonText = {
  text: (column) => sql`coalesce(to_json(${column})::text, 'null')`,
  instant: (column) =>
    sql`coalesce('"' || to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"', 'null')`,
  value: (column) => sql`coalesce(${column}::text, 'null')`,
  textAt: (column, key) =>
    sql`case jsonb_typeof(${column} -> ${key}::text) when 'string' then (${column} -> ${key}::text)::text else 'null' end`,
  join: (line, separator) => sql`string_agg(${line}, ${separator}::text)`,
}
