import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../failure-codes.ts'
import { decideFailure, decideSuccess, decideUnreadable, type RefreshFailureInput } from '../tokens/refresh-policy.ts'
import { type ConnectionEvent, type ConnectionStatus, transition } from './connection-status.ts'

/** One event of a connection: something a user did, or the outcome of a refresh. */
type Turn =
  | { kind: 'met'; event: ConnectionEvent }
  | {
      kind: 'failed'
      outcome: RefreshFailureInput['outcome']
      shared: boolean
      lostBefore: boolean
      tokenValid: boolean
      jitter: number
    }
  | { kind: 'unreadable' }
  | { kind: 'refreshed'; accountKnown: boolean }

const event = fc
  .oneof(
    fc.constant<ConnectionEvent>({ kind: 'credentials_saved' }),
    fc
      .constantFrom<FailureCode>('code_expired', 'invalid_client', 'secret_unreadable', 'response_lost')
      .map((code): ConnectionEvent => ({ kind: 'exchange_refused', code })),
    fc
      .constantFrom('identified', 'unidentified', 'unknown_account')
      .map((as): ConnectionEvent => ({ kind: 'promoted', as })),
    fc.constantFrom('identified', 'unknown_account').map((as): ConnectionEvent => ({ kind: 'identity_settled', as })),
  )
  .map((event): Turn => ({ kind: 'met', event: event }))

const refusal = fc.record({
  kind: fc.constantFrom('grant_dead', 'misconfigured'),
  status: fc.constantFrom(400, 401, 403),
  error: fc.constantFrom('invalid_grant', 'invalid_client', 'invalid_scope', 'unknown'),
  hint: fc.constant(null),
})
const outcome = fc.oneof(
  refusal,
  fc.constant({ kind: 'throttled' as const, status: 429, retryAfterMs: 5000 }),
  fc.constant({ kind: 'transient' as const, status: 503 }),
  fc.constant({ kind: 'ambiguous' as const, status: null }),
  fc.constant({ kind: 'not_sent' as const }),
)
const failed = fc
  .record({
    outcome,
    shared: fc.boolean(),
    lostBefore: fc.boolean(),
    tokenValid: fc.boolean(),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map((input): Turn => ({ kind: 'failed', ...input }))

const turn = fc.oneof(
  event,
  failed,
  fc.constant<Turn>({ kind: 'unreadable' }),
  fc.boolean().map((accountKnown): Turn => ({ kind: 'refreshed', accountKnown })),
)

const take = (from: ConnectionStatus, step: Turn, now: Date): ConnectionStatus => {
  switch (step.kind) {
    case 'met':
      return transition(from, step.event, now)
    case 'failed':
      return decideFailure({ ...step, status: from, now }).status
    case 'unreadable':
      return decideUnreadable(from, now).status
    case 'refreshed':
      return decideSuccess(from, step.accountKnown, now)
  }
}

const start = new Date('2026-11-20T08:00:00Z')
const times = { since: start, lastSuccessAt: null, nextAttemptAt: null, attempts: 0 }
const unconfigured: ConnectionStatus = { ...times, state: 'unconfigured', reason: null }

const passing = new Set(['throttled', 'transient', 'ambiguous', 'not_sent'])
const final = new Set<ConnectionStatus['state']>(['reconnect_required', 'misconfigured'])

/** Runs random events and checks each step: the status before, the event, the status after. */
const live = (look: (from: ConnectionStatus, step: Turn, to: ConnectionStatus, now: Date) => void) =>
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 40 }), (steps) => {
      let at: ConnectionStatus = unconfigured
      let ms = start.getTime()
      for (const step of steps) {
        ms += 60_000
        const now = new Date(ms)
        const to = take(at, step, now)
        look(at, step, to, now)
        at = to
      }
    }),
    { numRuns: 500 },
  )

describe('a connection, whatever events it meets', () => {
  it('never forgets its last success, and moves it by a success alone', () => {
    live((from, step, to) => {
      if (from.lastSuccessAt) expect(to.lastSuccessAt).not.toBeNull()
      if (to.lastSuccessAt !== from.lastSuccessAt) expect(['met', 'refreshed']).toContain(step.kind)
      if (step.kind === 'failed' || step.kind === 'unreadable') expect(to.lastSuccessAt).toBe(from.lastSuccessAt)
    })
  })

  it('is neither disabled nor ended by a passing failure', () => {
    live((_, step, to, now) => {
      if (step.kind !== 'failed' || !passing.has(step.outcome.kind)) return
      expect(to.state).toBe('degraded')
      expect(to.nextAttemptAt?.getTime()).toBeGreaterThan(now.getTime())
    })
  })

  it('plans nothing by itself once only a person can help', () => {
    live((_, __, to) => {
      if (final.has(to.state)) {
        expect(to.nextAttemptAt).toBeNull()
        expect(to.reason).not.toBeNull()
      }
      if (to.state === 'connected') expect(to.nextAttemptAt).toBeNull()
    })
  })

  it('counts attempts only upwards until a success or a person begins anew', () => {
    live((from, step, to) => {
      expect(to.attempts).toBeGreaterThanOrEqual(0)
      if (step.kind === 'failed' || step.kind === 'unreadable') expect(to.attempts).toBe(from.attempts + 1)
      if (step.kind === 'refreshed') expect(to.attempts).toBe(0)
    })
  })

  it('says since when it stands as it does', () => {
    live((from, _, to, now) => {
      const same = from.state === to.state && from.reason === to.reason
      expect(to.since).toEqual(same ? from.since : now)
    })
  })

  it('is connected again by one good refresh, from wherever it was', () => {
    live((from, _, __, now) => {
      expect(decideSuccess(from, true, now)).toMatchObject({ state: 'connected', reason: null, attempts: 0 })
    })
  })
})
