import { pageSize } from './question.ts'

/**
 * Looks for where a list ends, or its first part, without a total: page by page, further and further, then in halves.
 * Pages up to `full` are full; `beyond` has none of it.
 */
export interface LastPageSearch {
  full: number
  beyond: number | null
  page: number
  /** Of the page asked before: a provider that ignores the number answers the same again. */
  mark: string | null
}

export type LastPageFinding =
  | { kind: 'continue'; search: LastPageSearch }
  /** `page` is the last one that holds some; `size` is how many there are. */
  | { kind: 'found'; page: number; size: number }
  /** The page's number made no difference, or there is no end. */
  | { kind: 'ignored' }

/** No list is as long: whoever has a page there has them everywhere. */
const farthestPage = 1_000_000

export const startSearch = (full: number, page: number): LastPageSearch => ({ full, beyond: null, page, mark: null })

/**
 * @param count how many of what is looked for the asked page holds, from its beginning on
 * @param mark of the whole page
 */
export const searchLastPage = (search: LastPageSearch, count: number, mark: string): LastPageFinding => {
  const { page } = search
  if (count > 0 && mark === search.mark) return { kind: 'ignored' }
  if (count > 0 && count < pageSize) return { kind: 'found', page, size: (page - 1) * pageSize + count }
  const full = count > 0 ? Math.max(page, search.full) : search.full
  const beyond = count > 0 ? search.beyond : Math.min(page, search.beyond ?? page)
  if (beyond !== null && beyond <= full + 1) {
    const last = beyond - 1
    return { kind: 'found', page: Math.max(last, 1), size: last * pageSize }
  }
  const next = beyond === null ? Math.max(full, 1) * 2 : full + Math.floor((beyond - full) / 2)
  if (next > farthestPage) return { kind: 'ignored' }
  return { kind: 'continue', search: { full, beyond, page: next, mark } }
}
