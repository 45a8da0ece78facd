import { minuteMs } from '../../duration.ts'
import type { Checkpoint } from '../checkpoint.ts'
import { beginning } from '../moving-run.ts'
import type { Tally } from '../tally.ts'

/** How far what is under way is, in records. */
export interface Progress {
  done: number
  /** Null where nobody knows before the end. */
  total: number | null
  /** Of a check: it is no run, whose start its list tells. */
  since?: Date
}

/** @param stored how many records the copy holds; @param complete whether it was ever complete */
export const progressOf = (
  { run, check }: Pick<Checkpoint, 'run' | 'check'>,
  { tally, stored, complete }: { tally: Tally; stored: number; complete: boolean },
): Progress | null => {
  if (run?.reading === 'pages') return { done: run.met.length, total: run.total }
  if (run?.reading === 'moving') {
    // all of it is read again: as many as are stored, more or less
    const again = complete && run.from === beginning
    return { done: tally.read, total: again ? Math.max(stored, tally.read) : null }
  }
  if (run) return null
  if (!check?.fast || check.stage !== 'asking') return null
  return { done: Math.min(check.tally.read, stored), total: stored, since: new Date(check.startedAt) }
}

/** Before this nobody can say how fast it goes. */
const settledMs = 3_000

export interface Pace {
  /** Records a minute. */
  rate: number
  /** Milliseconds; null where the end is not known. */
  leftMs: number | null
}

/** How fast lists are read, and how long it takes still; null before that can be said. */
export const paceOf = (
  lists: readonly { progress: Progress | null; startedAt: Date | null }[],
  now: Date,
): (Pace & Progress) | null => {
  const under = lists.flatMap(({ progress, startedAt }) => {
    const since = progress?.since ?? startedAt
    return progress && since ? [{ ...progress, since }] : []
  })
  if (under.length === 0) return null
  const done = under.reduce((sum, list) => sum + list.done, 0)
  const total = under.every((list) => list.total !== null)
    ? under.reduce((sum, list) => sum + (list.total ?? 0), 0)
    : null
  const elapsedMs = now.getTime() - Math.min(...under.map(({ since }) => since.getTime()))
  if (elapsedMs < settledMs || done === 0) return { done, total, rate: 0, leftMs: null }
  return {
    done,
    total,
    rate: Math.round((done / elapsedMs) * minuteMs),
    leftMs: total === null ? null : Math.max(((total - done) / done) * elapsedMs, 0),
  }
}

/** Calls a minute that a provider's limit leaves to the copy, at a hundred records each. */
const callsPerMinute = 190
const recordsPerCall = 100

/** Milliseconds that reading so many records takes, at least a minute. */
export const readingMs = (records: number): number =>
  Math.max(1, Math.ceil(records / recordsPerCall / callsPerMinute)) * minuteMs
