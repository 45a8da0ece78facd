import { noTally, type Tally } from './tally.ts'

/**
 * A pass over the records that are stored: their ids are asked for, 100 a call, in our own order, so that nothing shifts
 * and no mark is needed. Those that do not come are suspects.
 */
export interface KnownIdCheck {
  /**
   * `asking` for all known ids; `confirming` each suspect by itself. Where they are too many, ten are asked for by
   * themselves before somebody is asked (`verifying`), and again before they are deleted (`sampling`, `deleting`).
   */
  stage: 'asking' | 'confirming' | 'verifying' | 'sampling' | 'deleting'
  /** The last row that was asked for. */
  after: number
  /** Without the pauses of a pass that nobody waits for. */
  fast: boolean
  /** How many were tried by themselves, of too many. */
  sampled: number
  tally: Tally
  /** Milliseconds since 1970. */
  startedAt: number
  /** Who asked for it, where somebody did. */
  by?: string
}

export const startCheck = (fast: boolean, nowMs: number, stage: KnownIdCheck['stage'] = 'asking'): KnownIdCheck => ({
  stage,
  after: 0,
  fast,
  sampled: 0,
  tally: noTally,
  startedAt: nowMs,
})

const fewestHeld = 20
const shareHeld = 0.02

/** How many are tried by themselves before a mass deletion that somebody confirmed. */
export const samples = 10

/**
 * Whether so many are missing that somebody must be asked: a lost right, an ignored filter and another account look the
 * same as a mass deletion. So does a list of which nothing is left.
 */
export const isMassDeletion = (missing: number, living: number): boolean =>
  missing > Math.max(fewestHeld, living * shareHeld) || (missing > 1 && missing === living)

/** What an answer to known ids says; null when it holds others than were asked for: the filter was ignored. */
export const missingOf = (asked: readonly string[], answered: readonly (string | null)[]): string[] | null => {
  const known = new Set(asked)
  if (answered.some((id) => id === null || !known.has(id))) return null
  const there = new Set(answered)
  return asked.filter((id) => !there.has(id))
}
