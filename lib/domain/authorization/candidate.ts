import type { Identity } from '../connections/account.ts'
import { dayMs } from '../duration.ts'

/** What becomes of a candidate token set once its identity was asked. */
export type CandidateDecision =
  | { kind: 'promote'; as: 'identified' | 'unidentified' | 'unknown_account' }
  | { kind: 'ask'; question: 'first' | 'replace' }
  /** A reconnection whose account could not be read: the admin may connect without it. */
  | { kind: 'wait'; maySkip: boolean; final: boolean }
  | { kind: 'forget' }

export interface CandidateInput {
  /** The code answered an authorization that we started, in the same browser. */
  knownState: boolean
  identity: Identity
  /** Null before a first connection; `accountId` null while the connected account is unknown. */
  current: { accountId: string | null } | null
}

/**
 * By itself only a candidate from a known state is promoted: as a first connection, or with the same account.
 * Nothing from elsewhere is promoted unread.
 */
export const decideCandidate = ({ knownState, identity, current }: CandidateInput): CandidateDecision => {
  if (identity.kind === 'token_refused') return { kind: 'forget' }
  if (identity.kind === 'read') {
    const same = current !== null && current.accountId === identity.account.id
    if (knownState && (current === null || same)) return { kind: 'promote', as: 'identified' }
    return { kind: 'ask', question: current === null || same ? 'first' : 'replace' }
  }
  const final = identity.kind === 'refused'
  if (!knownState || current !== null) return { kind: 'wait', maySkip: knownState, final }
  return { kind: 'promote', as: final ? 'unknown_account' : 'unidentified' }
}

/** A candidate nobody answered for is forgotten after this time. */
export const candidateLifeMs = dayMs
