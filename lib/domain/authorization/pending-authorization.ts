import type { FailureCode } from '../failure-codes.ts'

export type Step = 'pending' | 'parked' | 'exchanging' | 'done' | 'failed'

/** How long an authorization may take, from its start to its callback. */
export const authorizationLifeMs = 15 * 60 * 1000
/** Teamleader's codes die this long after they were issued (API documentation, « Authorization »). */
export const codeLifeMs = 10 * 60 * 1000
/** An exchange that has not ended by then never will: its process died. */
export const exchangeLimitMs = 60 * 1000
/** How long the browser keeps the state on its way to our start page. */
export const stateCookieMs = 5 * 60 * 1000

export interface PendingState {
  step: Step
  sameBrowser: boolean
  expiresAt: Date
  steppedAt: Date
}

/**
 * Why a return whose state is ours cannot go on; null when its turn is free to take.
 * The compare-and-swap decides; this only finds the words.
 */
export const stateFailure = (
  { step, sameBrowser, expiresAt, steppedAt }: PendingState,
  now: Date,
): FailureCode | null => {
  if (!sameBrowser) return 'state_foreign'
  switch (step) {
    case 'done':
      return 'exchange_done'
    case 'failed':
      return 'state_replayed'
    case 'exchanging':
      return now.getTime() - steppedAt.getTime() > exchangeLimitMs ? 'exchange_interrupted' : 'exchange_under_way'
    case 'parked':
    case 'pending':
      return now < expiresAt ? null : 'state_expired'
  }
}
