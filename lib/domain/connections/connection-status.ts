import type { FailureCode } from '../failure-codes.ts'

/** When a status began, and what was seen and is planned since. */
interface StatusTimes {
  since: Date
  /** Never erased. */
  lastSuccessAt: Date | null
  nextAttemptAt: Date | null
  /** Failed attempts in a row. */
  attempts: number
}

/** A connection's status; whether it is switched on is a separate flag. */
export type ConnectionStatus = StatusTimes &
  (
    | { state: 'unconfigured'; reason: null }
    | { state: 'awaiting_authorization'; reason: FailureCode | null }
    | { state: 'connected'; reason: 'identity_refused' | null }
    | { state: 'degraded'; reason: FailureCode }
    | { state: 'reconnect_required'; reason: FailureCode }
    | { state: 'misconfigured'; reason: FailureCode }
  )

export type ConnectionState = ConnectionStatus['state']

/** What a connection can meet; each is one row of the table in `connection-status.test.ts`. */
export type ConnectionEvent =
  | { kind: 'credentials_saved' }
  | { kind: 'exchange_refused'; code: FailureCode }
  | { kind: 'promoted'; as: 'identified' | 'unidentified' | 'unknown_account' }
  | { kind: 'identity_settled'; as: 'identified' | 'unknown_account' }
  /** Keys that go along with every call were tried; null when they worked. */
  | { kind: 'keys_tried'; failure: FailureCode | null }

/** `users.me` is asked again at most this often by itself. */
export const identityRetryMs = 30 * 1000

const live = (status: ConnectionStatus) => status.state === 'connected' || status.state === 'degraded'

/** What only a person can put right, by other settings. */
const settingsWrong = new Set<FailureCode>(['invalid_client', 'secret_unreadable', 'target_refused', 'keys_refused'])

const enter = <const S extends ConnectionStatus['state'], R>(
  from: ConnectionStatus,
  state: S,
  reason: R,
  now: Date,
) => {
  const stays = from.state === state && from.reason === reason
  return { state, reason, since: stays ? from.since : now, lastSuccessAt: from.lastSuccessAt }
}

/** The status after an event; the same object when nothing changes. A live connection is never cut by an attempt beside it. */
export const transition = (from: ConnectionStatus, event: ConnectionEvent, now: Date): ConnectionStatus => {
  switch (event.kind) {
    case 'credentials_saved':
      if (from.state !== 'unconfigured' && from.state !== 'misconfigured') return from
      if (from.state === 'misconfigured' && from.lastSuccessAt) return from
      return { ...enter(from, 'awaiting_authorization', null, now), nextAttemptAt: null, attempts: 0 }
    case 'exchange_refused': {
      if (live(from) || from.state === 'reconnect_required') return from
      const attempts = from.attempts + 1
      return settingsWrong.has(event.code)
        ? { ...enter(from, 'misconfigured', event.code, now), nextAttemptAt: null, attempts }
        : { ...enter(from, 'awaiting_authorization', event.code, now), nextAttemptAt: null, attempts }
    }
    case 'keys_tried': {
      const { failure } = event
      if (failure === null)
        return { ...enter(from, 'connected', null, now), lastSuccessAt: now, nextAttemptAt: null, attempts: 0 }
      const attempts = from.attempts + 1
      if (settingsWrong.has(failure))
        return { ...enter(from, 'misconfigured', failure, now), nextAttemptAt: null, attempts }
      // they were not tried: what worked still does
      if (live(from)) return from
      return { ...enter(from, 'awaiting_authorization', failure, now), nextAttemptAt: null, attempts }
    }
    case 'promoted': {
      const times = { lastSuccessAt: now, attempts: 0 }
      if (event.as === 'unidentified') {
        const nextAttemptAt = new Date(now.getTime() + identityRetryMs)
        return { ...enter(from, 'degraded', 'identity_unknown', now), ...times, nextAttemptAt }
      }
      const reason = event.as === 'unknown_account' ? 'identity_refused' : null
      return { ...enter(from, 'connected', reason, now), ...times, nextAttemptAt: null }
    }
    case 'identity_settled': {
      if (from.state !== 'degraded' || from.reason !== 'identity_unknown') return from
      const reason = event.as === 'unknown_account' ? 'identity_refused' : null
      return { ...enter(from, 'connected', reason, now), lastSuccessAt: now, nextAttemptAt: null, attempts: 0 }
    }
  }
}
