import { type CrowdedSecond, readCrowd, startCrowd } from './crowded-second.ts'
import { pageMark } from './id-mark.ts'
import { type LastPageSearch, searchLastPage, startSearch } from './last-page.ts'
import { type ListQuestion, pageSize, type SeenAnswer } from './question.ts'

/**
 * One run over a list that tells what changed since a time. Always the first page is asked: it holds the 100 oldest
 * changes at the instant of the call, nothing stands before it, and so nothing can be shifted past us. What is edited
 * later comes again, later. All times are whole seconds.
 *
 * Whoever stores each page has, at any time, every record whose last change is older than `since`.
 */
export interface MovingRun {
  reading: 'moving'
  /** What was complete before this run. */
  from: number
  since: number
  /** `since` is the last change of a record that was there a moment ago. */
  own: boolean
  /** Asked with a record's own time it did not come: asked again a second earlier. */
  doubted: boolean
  /** The provider's clock at the first answer. */
  beganAt: number | null
  crowd: CrowdedSecond | null
  /** At the end of a run from the beginning: records without a last change, which no filter finds. */
  undated: UndatedWalk | null
  /** Seconds that could not be proven complete. */
  unproven: number[]
  /** Every page is read besides, whatever the first one looks like. */
  thorough: boolean
}

/** `look`: one unfiltered page tells whether there are any; then all pages, from the last one back. */
type UndatedWalk = { step: 'look' } | { step: 'search'; search: LastPageSearch } | { step: 'back'; page: number }

export type RunOutcome<Run> =
  | { kind: 'continue'; run: Run }
  | { kind: 'done' }
  /** A filter, an order or a page's number made no difference: nothing can be concluded from the answer. */
  | { kind: 'ignored' }

/** A date before either provider existed. */
export const beginning = 946_684_800

/** Within this a write becomes visible; what the run before may have missed is read again. */
const overlapS = 300

export const startMovingRun = (since: number, thorough = false): MovingRun => ({
  reading: 'moving',
  thorough,
  ...{ from: since, since, own: false, doubted: false, beganAt: null, crowd: null, unproven: [] },
  undated: null,
})

const bound = ({ since, doubted }: MovingRun, inclusive: boolean | null) =>
  inclusive === false || doubted ? since - 1 : since

export const movingQuestion = (run: MovingRun, inclusive: boolean | null): ListQuestion => {
  const { crowd, undated } = run
  if (undated?.step === 'look') return { kind: 'page', page: 1, order: 'updated' }
  if (undated?.step === 'search') return { kind: 'page', page: undated.search.page, order: 'added' }
  if (undated?.step === 'back') return { kind: 'page', page: undated.page, order: 'added' }
  const page = crowd ? (crowd.search?.page ?? crowd.page) : 1
  return { kind: 'since', since: bound(run, inclusive), page }
}

/** Where the next run begins; what was complete before stays so. */
export const checkpointAfter = ({ from, beganAt }: MovingRun): number =>
  beganAt === null ? from : Math.max(from, beganAt - overlapS - 1)

/** Older than asked for, or not in order: the filter or the order was ignored. */
const isUnfiltered = (seconds: readonly number[], asked: number) =>
  seconds.some((second, index) => second < asked || second < (seconds[index - 1] ?? asked))

/** Whether `updated_since` includes its own second, as far as this answer tells. */
const learn = (run: MovingRun, asked: number, seconds: readonly number[], inclusive: boolean | null) => {
  if (seconds.includes(asked)) return true
  if (inclusive === null && run.doubted && seconds.includes(run.since)) return false
  return inclusive
}

const readUndated = (run: MovingRun, undated: UndatedWalk, { rows }: SeenAnswer): RunOutcome<MovingRun> => {
  const walk = (next: UndatedWalk): RunOutcome<MovingRun> => ({ kind: 'continue', run: { ...run, undated: next } })
  if (undated.step === 'look')
    return rows.some(({ second }) => second === null)
      ? walk({ step: 'search', search: startSearch(0, 1) })
      : { kind: 'done' }
  if (undated.step === 'back')
    return undated.page > 1 ? walk({ step: 'back', page: undated.page - 1 }) : { kind: 'done' }
  const finding = searchLastPage(undated.search, rows.length, pageMark(rows.map(({ id }) => id)))
  if (finding.kind === 'continue') return walk({ step: 'search', search: finding.search })
  return finding.kind === 'found' ? walk({ step: 'back', page: finding.page }) : finding
}

const atHead = (run: MovingRun): RunOutcome<MovingRun> => {
  if (run.from !== beginning) return { kind: 'done' }
  const undated: UndatedWalk = run.thorough ? { step: 'search', search: startSearch(0, 1) } : { step: 'look' }
  return { kind: 'continue', run: { ...run, undated } }
}

const inCrowd = (run: MovingRun, crowd: CrowdedSecond, answer: SeenAnswer): RunOutcome<MovingRun> => {
  const outcome = readCrowd(crowd, answer)
  if (outcome.kind === 'ignored') return outcome
  if (outcome.kind === 'continue') return { kind: 'continue', run: { ...run, crowd: outcome.crowd } }
  const unproven = outcome.proven ? run.unproven : [...run.unproven, crowd.second]
  return { kind: 'continue', run: { ...run, since: crowd.second + 1, own: false, crowd: null, unproven } }
}

/** @returns what follows, and what is known since of whether the filter includes its own second */
export const readMoving = (
  asked: MovingRun,
  answer: SeenAnswer,
  known: boolean | null,
): { outcome: RunOutcome<MovingRun>; inclusive: boolean | null } => {
  const run = { ...asked, beganAt: asked.beganAt ?? answer.at }
  if (run.undated) return { outcome: readUndated(run, run.undated, answer), inclusive: known }
  const askedSecond = bound(asked, known)
  const seconds = answer.rows.flatMap(({ second }) => (second === null ? [] : [second]))
  const is = (outcome: RunOutcome<MovingRun>, inclusive = known) => ({ outcome, inclusive })
  if (isUnfiltered(seconds, askedSecond)) return is({ kind: 'ignored' })
  const inclusive = learn(run, askedSecond, seconds, known)
  // asked a second too early: its own is enough
  if (inclusive === true && askedSecond < run.since)
    return is({ kind: 'continue', run: { ...run, doubted: false, crowd: null } }, inclusive)
  if (run.crowd) return is(inCrowd(run, run.crowd, answer), inclusive)
  if (run.own && inclusive === null && !run.doubted)
    return is({ kind: 'continue', run: { ...run, doubted: true } }, inclusive)
  if (answer.rows.length < pageSize) return is(atHead(run), inclusive)
  const last = seconds.at(-1)
  // a whole page without a date: nothing says where to go on
  if (last === undefined) return is({ kind: 'ignored' })
  if (last > run.since)
    return is({ kind: 'continue', run: { ...run, since: last, own: true, doubted: false } }, inclusive)
  return is({ kind: 'continue', run: { ...run, doubted: false, crowd: startCrowd(run.since) } }, inclusive)
}
