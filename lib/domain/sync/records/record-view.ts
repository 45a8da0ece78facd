import type { SyncedList } from '../list.ts'
import type { SyncedRecord } from '../record.ts'

export interface RecordSort {
  by: 'name' | 'updated'
  descending: boolean
}

/** Which records of a list somebody looks at, and in which order. */
export interface RecordView {
  /** Beginnings of words that must all be found. */
  prefixes: readonly string[]
  status: string | null
  facet: string | null
  sort: RecordSort
}

/** Where a record stands in any of the orders. */
export interface RecordPlace {
  sortName: string
  sortAt: Date
  n: number
}

/** A place in the list, and which way to go on from there. */
export interface RecordCursor {
  place: RecordPlace
  backward: boolean
}

const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0)

const orders: Record<RecordSort['by'], (a: RecordPlace, b: RecordPlace) => number> = {
  name: (a, b) => compare(a.sortName, b.sortName) || a.n - b.n,
  updated: (a, b) => a.sortAt.getTime() - b.sortAt.getTime() || a.n - b.n,
}

/** What comes after the cursor, the nearest first. */
export const sortRecords = <P extends RecordPlace>(
  places: readonly P[],
  { by, descending }: RecordSort,
  cursor: RecordCursor | null,
): P[] => {
  const reversed = descending !== (cursor?.backward ?? false)
  const order = (a: RecordPlace, b: RecordPlace) => (reversed ? orders[by](b, a) : orders[by](a, b))
  return places.filter((place) => cursor === null || order(place, cursor.place) > 0).sort(order)
}

/** When a record last changed there, as lists sort it. */
export const sortAtOf = ({ updatedAt, addedAt }: Pick<SyncedRecord, 'updatedAt' | 'addedAt'>): Date =>
  updatedAt ?? addedAt ?? new Date(0)

const longestFacet = 100

/** What a record is narrowed by beside its status: a text, or the name of what it refers to. */
export const facetOf = ({ facetField }: SyncedList, { body }: Pick<SyncedRecord, 'body'>): string | null => {
  const value = facetField === null ? undefined : body[facetField]
  const named = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.name : value
  return typeof named === 'string' && named !== '' ? Array.from(named).slice(0, longestFacet).join('') : null
}
