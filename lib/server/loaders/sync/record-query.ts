import type { RecordCursor, RecordPlace, RecordSort } from '#lib/domain/sync/records/record-view.ts'

/** What the address of a list asks for; what it says wrong counts as unsaid. */
export interface RecordQuery {
  typed: string
  status: string | null
  facet: string | null
  sort: RecordSort
  cursor: RecordCursor | null
}

export type Params = Record<string, string | string[] | undefined>

const longestTyped = 200
const longestFilter = 100
const longestName = 1_000

const sorts = new Map<string, RecordSort>(
  (['name', 'updated'] as const).flatMap((by) => [
    [by, { by, descending: false }],
    [`-${by}`, { by, descending: true }],
  ]),
)

/** By name where nothing tells when a record changed; else the last changed first. */
export const defaultSort = (dated: boolean): RecordSort =>
  dated ? { by: 'updated', descending: true } : { by: 'name', descending: false }

const sortText = ({ by, descending }: RecordSort) => `${descending ? '-' : ''}${by}`

const isPlace = (parts: unknown): parts is [number, number, string] => {
  if (!Array.isArray(parts) || parts.length !== 3) return false
  const [n, at, sortName] = parts as unknown[]
  // no later than what both databases read as a date
  const numbers = Number.isSafeInteger(n) && Number.isSafeInteger(at) && (at as number) >= 0 && (at as number) < 1e14
  return numbers && typeof sortName === 'string' && sortName.length <= longestName && !/\p{C}/u.test(sortName)
}

const readPlace = (text: string): RecordPlace | null => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!isPlace(parts)) return null
    const [n, at, sortName] = parts
    return { n, sortAt: new Date(at), sortName }
  } catch {
    return null
  }
}

const writePlace = ({ n, sortAt, sortName }: RecordPlace) =>
  Buffer.from(JSON.stringify([n, sortAt.getTime(), sortName])).toString('base64url')

/** @param dated whether records of this list tell when they changed */
export const readQuery = (params: Params, dated: boolean): RecordQuery => {
  const text = (name: string) => {
    const value = params[name]
    return typeof value === 'string' ? value.replace(/\p{C}/gu, '').trim() : ''
  }
  const [after, before] = [readPlace(text('after')), readPlace(text('before'))]
  const place = after ?? before
  const sort = sorts.get(text('sort'))
  return {
    typed: text('q').slice(0, longestTyped),
    status: text('status').slice(0, longestFilter) || null,
    facet: text('facet').slice(0, longestFilter) || null,
    sort: sort && (dated || sort.by === 'name') ? sort : defaultSort(dated),
    cursor: place && { place, backward: after === null },
  }
}

/** The same as the query of an address, with its question mark; empty for what the page shows by itself. */
export const writeQuery = ({ typed, status, facet, sort, cursor }: RecordQuery, dated: boolean): string => {
  const params = new URLSearchParams({
    ...(typed && { q: typed }),
    ...(status && { status }),
    ...(facet && { facet }),
    ...(sortText(sort) !== sortText(defaultSort(dated)) && { sort: sortText(sort) }),
    ...(cursor && { [cursor.backward ? 'before' : 'after']: writePlace(cursor.place) }),
  }).toString()
  return params && `?${params}`
}

/** What a search form hands on beside what is typed. */
export const hiddenInputs = (query: RecordQuery, dated: boolean): [name: string, value: string][] => [
  ...new URLSearchParams(writeQuery({ ...query, typed: '', cursor: null }, dated)),
]
