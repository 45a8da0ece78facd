import type { SpentCalls } from '#lib/domain/rate-budget/spent-calls.ts'
import type { CallWindow } from '#lib/domain/rate-budget/whose-calls.ts'

/** The window of calls of one client in one account, as an answer told it. */
export interface SeenLimit {
  remaining: number
  /** Milliseconds until the oldest call that it counts is forgotten; for a refused call, until one more can succeed. */
  resetInMs: number
}

/** What an answer of a provider tells of its limit on calls. */
export interface LimitEvidence {
  /** Null where it told nothing. */
  limit: SeenLimit | null
  /** It was refused for the limit alone (429). */
  throttled: boolean
}

export interface RateBudgetStore {
  /** @returns what is known of a window, and what time it is in the clock that all processes share */
  read(window: CallWindow, now: Date): Promise<{ spent: SpentCalls; version: number; nowMs: number }>
  /** @returns false when another process wrote since `version` was read: nothing was written. */
  replace(window: CallWindow, version: number, spent: SpentCalls, now: Date): Promise<boolean>
}
