import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionStatus } from '../connections/connection-status.ts'
import type { FailureCode } from '../failure-codes.ts'
import {
  backoffMs,
  decideFailure,
  decideSuccess,
  decideUnreadable,
  demandedMs,
  lastRequestMs,
  leaseMs,
  marginMs,
  type RefreshFailureInput,
  refreshInMs,
} from './refresh-policy.ts'

const past = new Date('2026-11-20T08:00:00Z')
const now = new Date('2026-11-20T14:00:00Z')
const refreshPolicy = { marginMs: 120_000, ahead: true }
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const status = (state: ConnectionStatus['state'], reason: FailureCode | null = null, attempts = 0) =>
  ({ state, reason, since: past, lastSuccessAt: past, nextAttemptAt: null, attempts }) as ConnectionStatus

type Failed = RefreshFailureInput['outcome']

const dead: Failed = { kind: 'grant_dead', status: 400, error: 'invalid_grant', hint: null }
const wrong = (error: string): Failed => ({ kind: 'misconfigured', status: 401, error, hint: null })
const isLimited = (retryAfterMs: number | null): Failed => ({ kind: 'throttled', status: 429, retryAfterMs })
const transient: Failed = { kind: 'transient', status: 503 }
const ambiguous: Failed = { kind: 'ambiguous', status: null }
const notSent: Failed = { kind: 'not_sent' }

const decide = (outcome: Failed, more: Partial<RefreshFailureInput> = {}) =>
  decideFailure({
    status: status('connected'),
    outcome,
    shared: false,
    lostBefore: false,
    tokenValid: false,
    now,
    jitter: 0.5,
    ...more,
  })

describe('the margin', () => {
  it.each([
    [hour, 120_000],
    [10 * minute, 120_000],
    [5 * minute, 60_000],
    [10_000, 2_000],
    [0, 0],
  ])('of a life of %i ms is %i ms', (lifetimeMs, ms) => {
    expect(marginMs(refreshPolicy, lifetimeMs)).toBe(ms)
  })

  it.each([
    [hour, 0, 120_000],
    [hour, 10 * minute, 10 * minute],
    [hour, day, 30 * minute],
    [10_000, day, 5_000],
    [hour, Number.POSITIVE_INFINITY, 30 * minute],
  ])('of a life of %i ms for who asks %i ms is %i ms', (lifetimeMs, minTtlMs, ms) => {
    expect(demandedMs(refreshPolicy, lifetimeMs, minTtlMs)).toBe(ms)
  })

  it('never asks for as much as a token has, or every call would refresh', () => {
    const life = fc.integer({ min: 1, max: 366 * day })
    fc.assert(
      fc.property(life, fc.integer({ min: 0, max: day }), (lifetimeMs, minTtlMs) => {
        expect(demandedMs(refreshPolicy, lifetimeMs, minTtlMs)).toBeLessThanOrEqual(lifetimeMs / 2)
      }),
    )
  })
})

describe('the background refresh', () => {
  it('is never due by itself where tokens are refreshed on demand', () => {
    expect(refreshInMs({ marginMs: 60_000, ahead: false }, 599_000, 0, 0.5)).toBeNull()
  })

  it('comes before callers need it while the token is used, and daily while it is not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 30 * day }),
        fc.option(fc.integer({ min: 0, max: 3 * day })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lifetimeMs, unusedMs, jitter) => {
          const ms = refreshInMs(refreshPolicy, lifetimeMs, unusedMs, jitter)
          if (ms === null) throw new Error('not due')
          expect(ms).toBeGreaterThanOrEqual(0)
          if (unusedMs === null || unusedMs >= day) expect(ms).toBeLessThanOrEqual(day)
          else expect(ms).toBeLessThanOrEqual(lifetimeMs - marginMs(refreshPolicy, lifetimeMs))
        },
      ),
    )
  })

  it('waits longer after each failure, from half a minute to a quarter of an hour, a fifth more or less', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 1000].map((n) => backoffMs(n, 0.5) / 1000)).toEqual([
      ...[30, 60, 120, 240, 480, 900, 900, 900],
    ])
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, jitter) => {
          const ms = backoffMs(attempts, jitter)
          expect(ms).toBeGreaterThanOrEqual(24_000)
          expect(ms).toBeLessThan(18 * minute + 1)
        },
      ),
    )
  })

  it('never sends a request that could be answered after its lease is over', () => {
    expect(lastRequestMs + 20_000).toBeLessThan(leaseMs)
  })
})

describe('a failed refresh', () => {
  it.each<[string, Failed, boolean, ConnectionStatus['state'], FailureCode, string, string]>([
    ['a dead grant', dead, false, 'reconnect_required', 'revoked', 'grant_dead', 'close'],
    ['a dead grant after a lost answer', dead, true, 'reconnect_required', 'lost_response', 'grant_dead', 'keep'],
    ['a wrong secret', wrong('invalid_client'), false, 'misconfigured', 'invalid_client', 'misconfigured', 'close'],
    [
      'a wrong secret, lost before',
      wrong('invalid_client'),
      true,
      'misconfigured',
      'invalid_client',
      'misconfigured',
      'keep',
    ],
    ['an unknown refusal', wrong('invalid_scope'), false, 'misconfigured', 'request_refused', 'misconfigured', 'close'],
    ['a throttle', isLimited(5000), false, 'degraded', 'provider_throttled', 'passing', 'close'],
    ['a throttle, lost before', isLimited(null), true, 'degraded', 'provider_throttled', 'passing', 'keep'],
    ['a 503', transient, false, 'degraded', 'provider_unavailable', 'passing', 'keep'],
    ['an answer lost', ambiguous, true, 'degraded', 'provider_unavailable', 'passing', 'keep'],
    ['a request that never left', notSent, false, 'degraded', 'provider_unavailable', 'passing', 'close'],
    ['a request that never left, lost before', notSent, true, 'degraded', 'provider_unavailable', 'passing', 'keep'],
  ])('by %s is ruled', (_, outcome, lostBefore, state, reason, call, intent) => {
    expect(decide(outcome, { lostBefore })).toMatchObject({ status: { state, reason }, call, intent })
  })

  it('waits what the provider asked, up to a fifth more, else longer each time', () => {
    expect(decide(isLimited(60_000), { jitter: 0 }).dueInMs).toBe(60_000)
    expect(decide(isLimited(60_000), { jitter: 1 }).dueInMs).toBe(72_000)
    expect(decide(isLimited(null)).dueInMs).toBe(30_000)
    expect(decide(transient, { status: status('degraded', 'provider_unavailable', 3) }).dueInMs).toBe(240_000)
  })

  it('shows a status while no token is left, and leaves the page alone while one is', () => {
    expect(decide(transient).authStatus).toBe('Failed, Status code: ServiceUnavailable')
    expect(decide(notSent).authStatus).toBe('Failed, No response')
    expect(decide(transient, { tokenValid: true }).authStatus).toBeNull()
    expect(decide(dead, { tokenValid: true }).authStatus).toBe('Failed, Status code: BadRequest')
  })

  it('keeps since while state and reason stay, and moves it when they change', () => {
    expect(decide(transient, { status: status('degraded', 'provider_unavailable', 1) }).status.since).toEqual(past)
    expect(decide(isLimited(null), { status: status('degraded', 'provider_unavailable', 1) }).status.since).toEqual(now)
    expect(decide(transient).status.since).toEqual(now)
  })

  it('whose secrets do not open waits for a person, and keeps what is known of the last call', () => {
    expect(decideUnreadable(status('connected'), now)).toMatchObject({
      ...{
        status: { state: 'misconfigured', reason: 'secret_unreadable', nextAttemptAt: null, lastSuccessAt: past },
      },
      ...{ call: 'misconfigured', intent: 'keep', dueInMs: null, authStatus: null },
    })
  })
})

describe('a refresh that gave a token', () => {
  it.each<[ConnectionStatus, boolean, ConnectionStatus['state'], FailureCode | null, Date]>([
    [status('connected'), true, 'connected', null, past],
    [status('degraded', 'provider_unavailable', 4), true, 'connected', null, now],
    [status('reconnect_required', 'lost_response', 1), true, 'connected', null, now],
    [status('misconfigured', 'invalid_client', 1), true, 'connected', null, now],
    [status('degraded', 'identity_unknown'), false, 'degraded', 'identity_unknown', past],
    [status('degraded', 'identity_unknown'), true, 'connected', null, now],
    [status('connected', 'identity_refused'), false, 'connected', 'identity_refused', past],
  ])('takes %j (account known: %s) to %s, %s', (from, accountKnown, state, reason, since) => {
    expect(decideSuccess(from, accountKnown, now)).toEqual({
      ...{ state, reason, since, lastSuccessAt: now, attempts: 0, nextAttemptAt: null },
    })
  })
})

describe('through the operator’s own client', () => {
  const shared = { shared: true, tokenValid: true }

  it('a refused client is tried again, is no fault of the tenant, and closes the intent', () => {
    expect(decide(wrong('invalid_client'), shared)).toMatchObject({
      status: { state: 'degraded', reason: 'provider_configuration', attempts: 1 },
      authStatus: null,
      call: 'misconfigured',
      intent: 'close',
      dueInMs: 30_000,
    })
    expect(decide(wrong('invalid_client'), { ...shared, tokenValid: false }).authStatus).toBe(
      'Failed, Status code: Unauthorized',
    )
    expect(decide(wrong('invalid_client'), { ...shared, lostBefore: true }).intent).toBe('keep')
  })

  it('any other refusal is judged as ever', () => {
    for (const outcome of [dead, wrong('unauthorized_client'), transient, ambiguous])
      expect(decide(outcome, shared)).toEqual(decide(outcome, { tokenValid: true }))
  })
})
