import { idMark, pageMark } from './id-mark.ts'
import { type LastPageFinding, type LastPageSearch, searchLastPage, startSearch } from './last-page.ts'
import { pageSize, type SeenAnswer } from './question.ts'

/**
 * More than a page of records that were changed in one second. That group only shrinks, so it is measured by finding its
 * last page and then read backward: what moves, moves to pages that are still to be read. As many distinct ones collected
 * as were measured prove it complete. Where ties have no order, later passes collect what the earlier missed.
 */
export interface CrowdedSecond {
  second: number
  /** Where its end is looked for; null while it is read backward. */
  search: LastPageSearch | null
  /** The page to be read next, on the way back. */
  page: number
  /** What each pass measured. */
  sizes: number[]
  /** By the mark of a record: the last pass that met it. */
  met: Record<string, number>
}

export type CrowdOutcome =
  | { kind: 'continue'; crowd: CrowdedSecond }
  | { kind: 'done'; proven: boolean }
  | { kind: 'ignored' }

const mostPasses = 20

export const startCrowd = (second: number): CrowdedSecond => ({
  second,
  search: startSearch(1, 2),
  page: 2,
  sizes: [],
  met: {},
})

/** What was met in a pass or later was there when that pass began: as many as it measured are all of them. */
const isComplete = ({ sizes, met }: CrowdedSecond) => {
  const last = Object.values(met)
  return sizes.some((size, pass) => last.filter((metIn) => metIn >= pass).length >= size)
}

const collect = (crowd: CrowdedSecond, { rows }: SeenAnswer): CrowdedSecond => {
  const met = { ...crowd.met }
  for (const { id, second } of rows)
    if (id !== null && second === crowd.second) met[idMark(id)] = crowd.sizes.length - 1
  return { ...crowd, met }
}

const turnBack = (crowd: CrowdedSecond): CrowdOutcome => {
  if (isComplete(crowd)) return { kind: 'done', proven: true }
  if (crowd.page > 1) return { kind: 'continue', crowd: { ...crowd, page: crowd.page - 1 } }
  if (crowd.sizes.length >= mostPasses) return { kind: 'done', proven: false }
  const page = Math.max(Math.ceil((crowd.sizes.at(-1) ?? 0) / pageSize), 1)
  return { kind: 'continue', crowd: { ...crowd, search: startSearch(0, page), page } }
}

const measured = (crowd: CrowdedSecond, finding: Extract<LastPageFinding, { kind: 'found' }>, answer: SeenAnswer) => {
  const asked = crowd.search?.page
  const next = { ...crowd, search: null, page: finding.page, sizes: [...crowd.sizes, finding.size] }
  // the page that measured it is the first of the way back, where it is the last one
  if (asked !== finding.page) return { kind: 'continue', crowd: next } as const
  return turnBack(collect(next, answer))
}

export const readCrowd = (crowd: CrowdedSecond, answer: SeenAnswer): CrowdOutcome => {
  if (crowd.search === null) return turnBack(collect(crowd, answer))
  const later = answer.rows.findIndex(({ second }) => second !== crowd.second)
  const count = later < 0 ? answer.rows.length : later
  const finding = searchLastPage(crowd.search, count, pageMark(answer.rows.map(({ id }) => id)))
  if (finding.kind === 'ignored') return finding
  if (finding.kind === 'found') return measured(crowd, finding, answer)
  return { kind: 'continue', crowd: { ...crowd, search: finding.search, page: finding.search.page } }
}
