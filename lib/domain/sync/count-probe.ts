import { pageMark } from './id-mark.ts'
import { type LastPageSearch, searchLastPage, startSearch } from './last-page.ts'
import { type ListQuestion, pageSize, type SeenAnswer } from './question.ts'

/**
 * The proof that a copy is complete: there is no total, but the last page gives one. Counted while nothing changes, it
 * must be what is stored.
 */
export interface CountProbe {
  /** `counting` there; then the page behind the last must be empty (`ending`); then one more run (`settling`). */
  stage: 'counting' | 'ending' | 'settling'
  search: LastPageSearch
  /** How many there are, once it is known. */
  there: number
  /** Our change number when the count began. */
  change: number
  attempt: number
  /** Made because the one before was not equal: what it asked for is not asked again. */
  again: boolean
}

export type ProbeOutcome = { kind: 'continue'; probe: CountProbe } | { kind: 'ignored' }

const mostAttempts = 3

/** @param ours how many are stored: where the end is looked for first */
export const startProbe = (ours: number, change: number, again: boolean, attempt = 1): CountProbe => ({
  stage: 'counting',
  search: startSearch(0, Math.floor(ours / pageSize) + 1),
  there: 0,
  change,
  attempt,
  again,
})

export const probeQuestion = ({ stage, search }: CountProbe): ListQuestion => ({
  kind: 'page',
  page: stage === 'ending' ? search.page + 1 : search.page,
  order: 'added',
})

export const readProbe = (probe: CountProbe, { rows }: SeenAnswer): ProbeOutcome => {
  const on = (change: Partial<CountProbe>): ProbeOutcome => ({ kind: 'continue', probe: { ...probe, ...change } })
  const mark = pageMark(rows.map(({ id }) => id))
  if (probe.stage === 'ending') {
    if (rows.length === 0) return on({ stage: 'settling' })
    // it grew meanwhile, or its pages are shorter than they were asked to be
    if (probe.attempt >= mostAttempts) return { kind: 'ignored' }
    return on({ stage: 'counting', search: startSearch(0, probe.search.page + 1), attempt: probe.attempt + 1 })
  }
  const finding = searchLastPage(probe.search, rows.length, mark)
  if (finding.kind === 'continue') return on({ search: finding.search })
  if (finding.kind === 'ignored') return finding
  const search = startSearch(0, Math.max(finding.page, 1))
  return on({ stage: 'ending', search: { ...search, mark }, there: finding.size })
}

/**
 * - `proven`: as many there as here, and nothing changed meanwhile.
 * - `again`: something changed; `later`: it never stood still, so nothing is said.
 * - `fewer` there: something was deleted; `more` there: something was never seen.
 */
export type Verdict = 'proven' | 'again' | 'later' | 'fewer' | 'more'

/** Once the run after the count has reached the end. */
export const judgeProbe = ({ there, change, attempt }: CountProbe, now: { ours: number; change: number }): Verdict => {
  if (now.change !== change) return attempt < mostAttempts ? 'again' : 'later'
  if (there === now.ours) return 'proven'
  return there < now.ours ? 'fewer' : 'more'
}
