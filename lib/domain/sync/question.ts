/** Rows of a page: what no provider is known to go beyond. */
export const pageSize = 100

/** What a list of a provider is asked; times are whole seconds since 1970, as their filters take them. */
export type ListQuestion =
  /** Changed since, the oldest change first. */
  | { kind: 'since'; since: number; page: number }
  /** All of them, unfiltered. */
  | { kind: 'page'; page: number; order: 'added' | 'updated' }
  | { kind: 'whole' }
  | { kind: 'ids'; ids: readonly string[] }
  /** Contacts that work for a company. */
  | { kind: 'of_company'; companyId: string }
  /** One record by itself: whether it is there. */
  | { kind: 'record'; id: string }

/** A row as a reader looks at it. */
export interface SeenRow {
  /** Null where it names no record. */
  id: string | null
  /** Of its last change; null where it tells none. */
  second: number | null
}

/** What was answered, as a reader looks at it. */
export interface SeenAnswer {
  rows: readonly SeenRow[]
  /** The provider's clock when it answered, in seconds; null where it did not say. */
  at: number | null
  /** How many there are in all; null where it is not told. */
  total: number | null
  /** Whether more pages follow, where that is told; null where it is not. */
  more: boolean | null
}

/** For an answer that shows that its question was not heeded: nothing can be concluded from it. */
export const ignored = { kind: 'refused', failure: 'filter_ignored' } as const
