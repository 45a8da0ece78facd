import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../failure-codes.ts'
import { type ConnectionEvent, type ConnectionState, type ConnectionStatus, transition } from './connection-status.ts'

const past = new Date('2026-11-20T08:00:00Z')
const now = new Date('2026-11-20T14:00:00Z')

const status = (state: ConnectionState, reason: FailureCode | null = null, lastSuccessAt: Date | null = null) =>
  ({ state, reason, since: past, lastSuccessAt, nextAttemptAt: null, attempts: 0 }) as ConnectionStatus

const saved: ConnectionEvent = { kind: 'credentials_saved' }
const refused = (code: FailureCode): ConnectionEvent => ({ kind: 'exchange_refused', code })
const promoted = (as: 'identified' | 'unidentified' | 'unknown_account'): ConnectionEvent => ({ kind: 'promoted', as })
const tried = (failure: FailureCode | null): ConnectionEvent => ({ kind: 'keys_tried', failure })
const identityEvent = (as: 'identified' | 'unknown_account'): ConnectionEvent => ({ kind: 'identity_settled', as })

describe('a connection', () => {
  it.each<[ConnectionStatus, ConnectionEvent, ConnectionState, FailureCode | null]>([
    [status('unconfigured'), saved, 'awaiting_authorization', null],
    [status('awaiting_authorization', 'code_expired'), saved, 'awaiting_authorization', 'code_expired'],
    [status('misconfigured', 'invalid_client'), saved, 'awaiting_authorization', null],
    [status('misconfigured', 'invalid_client', past), saved, 'misconfigured', 'invalid_client'],
    [status('connected'), saved, 'connected', null],
    [status('awaiting_authorization'), refused('code_expired'), 'awaiting_authorization', 'code_expired'],
    [status('awaiting_authorization'), refused('invalid_client'), 'misconfigured', 'invalid_client'],
    [status('awaiting_authorization'), refused('secret_unreadable'), 'misconfigured', 'secret_unreadable'],
    [status('connected'), refused('invalid_client'), 'connected', null],
    [status('degraded', 'identity_unknown'), refused('code_used'), 'degraded', 'identity_unknown'],
    [status('awaiting_authorization'), promoted('identified'), 'connected', null],
    [status('awaiting_authorization'), promoted('unidentified'), 'degraded', 'identity_unknown'],
    [status('awaiting_authorization'), promoted('unknown_account'), 'connected', 'identity_refused'],
    [status('misconfigured', 'invalid_client'), promoted('identified'), 'connected', null],
    [status('degraded', 'identity_unknown'), identityEvent('identified'), 'connected', null],
    [status('degraded', 'identity_unknown'), identityEvent('unknown_account'), 'connected', 'identity_refused'],
    [status('connected'), identityEvent('identified'), 'connected', null],
    [status('awaiting_authorization'), refused('target_refused'), 'misconfigured', 'target_refused'],
    [status('awaiting_authorization'), tried(null), 'connected', null],
    [status('misconfigured', 'keys_refused'), tried(null), 'connected', null],
    [status('connected'), tried('keys_refused'), 'misconfigured', 'keys_refused'],
    [status('connected'), tried('provider_throttled'), 'connected', null],
    [status('awaiting_authorization'), tried('provider_unavailable'), 'awaiting_authorization', 'provider_unavailable'],
  ])('%j meets %j', (from, event, state, reason) => {
    expect(transition(from, event, now)).toMatchObject({ state, reason })
  })

  it('keeps since while nothing changed, and moves it when something did', () => {
    expect(transition(status('connected'), promoted('identified'), now).since).toEqual(past)
    expect(transition(status('awaiting_authorization'), promoted('identified'), now).since).toEqual(now)
  })

  it('never loses its last success, and is never cut by an attempt beside it', () => {
    const event = fc.constantFrom<ConnectionEvent>(
      saved,
      refused('code_expired'),
      refused('invalid_client'),
      promoted('identified'),
      promoted('unidentified'),
      identityEvent('identified'),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        let at = status('unconfigured')
        for (const state of events) {
          const next = transition(at, state, now)
          if (at.lastSuccessAt) expect(next.lastSuccessAt).not.toBeNull()
          if (at.state === 'connected' && state.kind === 'exchange_refused') expect(next).toBe(at)
          at = next
        }
      }),
    )
  })
})
