/**
 * A pass over the records that are stored: their ids are asked for, 100 a call, in our own order, so that nothing shifts
 * and no mark is needed. Those that do not come are suspects.
 */
export interface KnownIdCheck {
  /**
   * `asking` for all known ids; `confirming` each suspect by itself; of a mass deletion that somebody confirmed ten are
   * tried first (`sampling`), then all are deleted (`deleting`).
   */
  stage: 'asking' | 'confirming' | 'sampling' | 'deleting'
  /** The last row that was asked for. */
  after: number
  /** Without the pauses of a pass that nobody waits for. */
  fast: boolean
  /** How many were tried, while sampling. */
  sampled: number
}

export const startCheck = (fast: boolean): KnownIdCheck => ({ stage: 'asking', after: 0, fast, sampled: 0 })

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
