import { createHash } from 'node:crypto'
import { type Column, getTableColumns, getTableName } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import * as postgres from '#drizzle/postgres.ts'
import * as sqlite from '#drizzle/sqlite.ts'

/** One table as each database writes it, in the order in which rows may refer to each other. */
export interface MovedTable {
  name: string
  /** Names in the database, and how each column is read, of what is not computed by the database itself. */
  columns: { name: string; sqlite: Column; postgres: Column }[]
  /** Rows that tell of the move itself are not moved. */
  where: string
}

export type Row = Record<string, unknown>

const isComputed = (column: Column) => column.generated !== undefined

const movedTable = (source: unknown, target: PgTable): MovedTable => {
  const [ours, theirs] = [getTableColumns(source as PgTable), getTableColumns(target)]
  const name = getTableName(target)
  const columns = Object.entries(ours).flatMap(([key, column]) => {
    const other = theirs[key]
    return other && !isComputed(column) ? [{ name: toSnakeCase(key), sqlite: column, postgres: other }] : []
  })
  return { name, columns, where: name === 'high_water_marks' ? "name not in ('moving', 'moved')" : 'true' }
}

const sources = new Map<string, unknown>(Object.entries(sqlite))

/** Those that a table refers to stand before it: what a module exports is in no order. */
const inOrder = (tables: [key: string, table: PgTable][]): [key: string, table: PgTable][] => {
  const done = new Set<PgTable>()
  const isReady = (table: PgTable) =>
    getTableConfig(table).foreignKeys.every((key) => done.has(key.reference().foreignTable as PgTable))
  const ordered: typeof tables = []
  for (let left = tables; left.length > 0; left = left.filter(([, table]) => !done.has(table))) {
    const ready = left.filter(([, table]) => isReady(table))
    if (ready.length === 0) throw new TypeError('tables refer to each other in a circle')
    for (const [, table] of ready) done.add(table)
    ordered.push(...ready)
  }
  return ordered
}

export const movedTables: readonly MovedTable[] = inOrder(
  Object.entries(postgres as unknown as Record<string, PgTable>),
).map(([key, table]) => movedTable(sources.get(key), table))

/** A row as code sees it, by the names of its columns in the database. */
export const decoded = ({ columns }: MovedTable, dialect: 'sqlite' | 'postgres', raw: Row): Row =>
  Object.fromEntries(
    columns.map((column) => {
      const value = raw[column.name] ?? null
      return [column.name, value === null ? null : column[dialect].mapFromDriverValue(value)]
    }),
  )

/** The same text for equal values, in whatever order a database keeps the keys of JSON. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

/** Counts rows and sums up their digests, in whatever order they come. */
export const tableDigest = () => {
  const sum = Buffer.alloc(32)
  let count = 0
  return {
    add: (row: Row) => {
      count += 1
      const digest = createHash('sha256').update(canonical(row)).digest()
      // added, not combined bit by bit: two equal rows would cancel each other
      for (let at = 31, carry = 0; at >= 0; at -= 1) {
        const total = (sum[at] ?? 0) + (digest[at] ?? 0) + carry
        sum[at] = total & 0xff
        carry = total >> 8
      }
    },
    result: () => ({ count, digest: sum.toString('hex') }),
  }
}

export type TableDigest = ReturnType<ReturnType<typeof tableDigest>['result']>
