import { idMark } from './id-mark.ts'
import type { RunOutcome } from './moving-run.ts'
import type { ListQuestion, SeenAnswer } from './question.ts'

/** One run over a list without a filter: page by page, believed when the total stood still and as many were met. */
export interface PagedRun {
  reading: 'pages'
  page: number
  /** How many there were at the first page. */
  total: number | null
  /** The marks of the records that were met. */
  met: string[]
  attempt: number
}

const mostAttempts = 3
/** No list is as long: whoever answers more pages answers the same again. */
const farthestPage = 10_000

export const startPagedRun = (): PagedRun => ({ reading: 'pages', page: 1, total: null, met: [], attempt: 1 })

export const pagedQuestion = ({ page }: PagedRun): ListQuestion => ({ kind: 'page', page, order: 'added' })

/** `done` is told with whether the copy is complete: else nothing may be taken for deleted. */
export const readPaged = (
  run: PagedRun,
  { rows, total, more }: SeenAnswer,
): RunOutcome<PagedRun> | { kind: 'finished'; run: PagedRun; complete: boolean } => {
  // what has no name counts, each time
  const marks = rows.map(({ id }, index) => (id === null ? `${run.page}.${index}` : idMark(id)))
  const met = [...new Set([...run.met, ...marks])]
  const first = run.page === 1 ? total : run.total
  const next = { ...run, met, total: first, page: run.page + 1 }
  if (more === true && rows.length > 0) {
    // nothing new on a whole page: the number of the page made no difference
    if (met.length === run.met.length || next.page > farthestPage) return { kind: 'ignored' }
    return { kind: 'continue', run: next }
  }
  if (total !== null && total === first && met.length === total) return { kind: 'finished', run: next, complete: true }
  if (run.attempt >= mostAttempts) return { kind: 'finished', run: next, complete: false }
  return { kind: 'continue', run: { ...startPagedRun(), attempt: run.attempt + 1 } }
}
