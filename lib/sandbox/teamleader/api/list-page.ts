import { isRecord } from '#lib/sandbox/control/script.ts'
import { type Random, shuffle } from '../generator/random.ts'
import type { SortField, Version } from '../generator/record-kind.ts'
import type { AccountBook } from '../records/account-book.ts'
import { firstPlace } from '../records/ordered-rows.ts'
import type { RecordTable } from '../records/record-table.ts'
import { ApiRefusal } from './api-error.ts'
import { readSince, readTests } from './filters.ts'

type Query = Record<string, unknown>
type SortKey = { field: SortField; sign: 1 | -1 }
export type Oddities = {
  /** Draws a new order of equal rows for every call. */
  ties: Random | null
  exclusive: boolean
  idsCap: number | null
}

/** One page of a list as it stands at this instant. Without `page` (departments) it is the whole list. */
export function readPage(
  book: AccountBook,
  table: RecordTable,
  query: Query,
  { ties, exclusive, idsCap }: Oddities,
  paged = true,
): Version[] {
  const filter = knownFilters(table, query.filter)
  const keys = readSort(table, query.sort)
  const [from, until] = paged ? readWindow(query.page) : [0, Number.POSITIVE_INFINITY]
  const asked = readSince(filter)
  const since = asked === undefined ? undefined : asked + (exclusive ? 1 : 0)
  const test = readTests(book, table, filter)
  const primary = keys[0] as SortKey
  const fits = (version: Version): boolean =>
    (since === undefined || version.updatedAt >= since) && (test === undefined || test(version))

  if (Array.isArray(filter.ids)) {
    const found = listedByIds(table, filter.ids, idsCap).filter(fits)
    return sorted(table, found, keys, ties).slice(from, until)
  }
  const all = table.inOrder(primary.field)
  if (since !== undefined && primary.field === 'updated_at' && test === undefined) {
    return slicePage(
      table,
      all,
      firstPlace(all, ({ updatedAt }) => updatedAt >= since),
      { from, until, keys, ties },
    )
  }
  const rows = since === undefined && test === undefined ? all : remembered(table, query, () => all.filter(fits))
  return slicePage(table, rows, 0, { from, until, keys, ties })
}

/** Pages of one filter are read one after the other: the rows of the last are kept as long as this list does not change. */
const lastFiltered = new WeakMap<RecordTable, { key: string; rows: Version[] }>()

function remembered(table: RecordTable, { filter, sort }: Query, find: () => Version[]): Version[] {
  if (isRecord(filter) && 'company_id' in filter) return find() // links change with companies, too
  const key = `${table.generation()} ${JSON.stringify([filter, sort])}`
  const last = lastFiltered.get(table)
  if (last?.key === key) return last.rows
  const rows = find()
  lastFiltered.set(table, { key, rows })
  return rows
}

function listedByIds(table: RecordTable, ids: unknown[], cap: number | null): Version[] {
  if (cap !== null && ids.length > cap) throw new ApiRefusal(400, `At most ${cap} ids can be asked for`, 'filter.ids')
  const found = [...new Set(ids)].map((id) => table.listedById(String(id)))
  return found.filter((version) => version !== undefined)
}

function knownFilters({ kind }: RecordTable, filter: unknown): Query {
  if (!isRecord(filter)) return {}
  return Object.fromEntries(Object.entries(filter).filter(([name]) => kind.filters.includes(name)))
}

/** Unknown fields are ignored; without any that is known a list comes by name. */
function readSort({ kind }: RecordTable, sort: unknown): SortKey[] {
  const keys = (Array.isArray(sort) ? sort : []).filter(isRecord).flatMap(({ field, order }): SortKey[] => {
    const known = Object.hasOwn(kind.sorts, String(field)) ? kind.sorts[String(field)] : undefined
    return known ? [{ field: known, sign: order === 'desc' ? -1 : 1 }] : []
  })
  return keys.length > 0 ? keys : [{ field: 'name', sign: 1 }]
}

/** A page of 20, at most 100, counted from 1. */
export function readWindow(page: unknown): [from: number, until: number] {
  const { size = 20, number = 1 } = isRecord(page) ? page : {}
  const [length, position] = [Number(size), Number(number)]
  if (!Number.isInteger(length) || length < 1 || length > 100) {
    throw new ApiRefusal(400, 'Page size must be between 1 and 100', 'page.size')
  }
  if (!Number.isInteger(position) || position < 1)
    throw new ApiRefusal(400, 'Page number must be at least 1', 'page.number')
  return [(position - 1) * length, position * length]
}

function sorted({ orders }: RecordTable, rows: Version[], keys: SortKey[], ties: Random | null): Version[] {
  const given = ties ? shuffle(rows, ties) : rows.sort((a, b) => a.addedAt - b.addedAt || a.number - b.number)
  return given.sort((a, b) => {
    for (const { field, sign } of keys) {
      const difference = sign * orders[field](a, b)
      if (difference !== 0) return difference
    }
    return 0
  })
}

type Window = { from: number; until: number; keys: SortKey[]; ties: Random | null }

/** `rows` from `low` on are in the ascending order of the first key's index; only rows that tie there need sorting. */
function slicePage(table: RecordTable, rows: readonly Version[], low: number, window: Window): Version[] {
  const { keys, ties } = window
  const { field, sign } = keys[0] as SortKey
  const high = rows.length
  const [from, until] = [Math.min(window.from, high - low), Math.min(window.until, high - low)]
  if (from >= until) return []
  const [start, end] = sign === 1 ? [low + from, low + until] : [high - until, high - from]
  if (!ties && isNatural(keys)) {
    const page = rows.slice(start, end)
    return sign === 1 ? page : page.reverse()
  }
  const order = table.orders[field]
  const [head, tail] = [rows[start] as Version, rows[end - 1] as Version]
  const first = Math.max(
    low,
    firstPlace(rows, (row) => order(row, head) >= 0),
  )
  const last = firstPlace(rows, (row) => order(row, tail) > 0)
  const group = sorted(table, rows.slice(first, last), keys, ties)
  const offset = sign === 1 ? start - first : last - end
  return group.slice(offset, offset + (end - start))
}

/** Whether the index of the first key has these ties in the wanted order already. */
const isNatural = ([first, second, ...more]: SortKey[]): boolean =>
  more.length === 0 &&
  (second === undefined ||
    (second.field === 'added_at' && second.sign === first?.sign) ||
    first?.field === second.field)
