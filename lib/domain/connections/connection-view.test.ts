import { describe, expect, it } from 'vitest'
import type { TenantId } from '../accounts/tenant.ts'
import type { FailureCode } from '../failure-codes.ts'
import type { ConnectionRecord, TokenSetRecord } from './connection-record.ts'
import { type Headline, viewConnection } from './connection-view.ts'

const now = new Date('2026-11-20T14:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const account = { id: 'A', name: 'Marie Delvaux', email: 'marie@example.org' }

const tokens = (change: Partial<TokenSetRecord> = {}): TokenSetRecord => ({
  id: 't1',
  clientRowId: 'c1',
  client: { identifier: '9c1f', shared: false },
  version: 1,
  expiresAt: new Date(now.getTime() + 3_600_000),
  lifetimeMs: 3_600_000,
  accessRefused: false,
  refreshDueAt: new Date(now.getTime() + 3_300_000),
  createdAt: now,
  knownState: true,
  authorizedBy: 'u1',
  identity: 'read',
  account,
  target: null,
  identityDueAt: now,
  ...change,
})

const times = { since: ago(1000), lastSuccessAt: null, nextAttemptAt: null, attempts: 0 }
const awaiting = { state: 'awaiting_authorization', reason: null, ...times } as const
const connected = { state: 'connected', reason: null, ...times } as const

const record = (change: Partial<ConnectionRecord> = {}): ConnectionRecord => ({
  id: 'x',
  tenantId: 'tenant' as TenantId,
  provider: 'teamleader',
  revision: 3,
  enabled: true,
  paused: null,
  restoredAt: null,
  client: { id: 'c1', identifier: '9c1f', secretVersion: 1, secretLast4: '7d1c', secretSetAt: now },
  target: null,
  supersededAt: null,
  status: awaiting,
  authStatus: null,
  authorizationFailure: null,
  tokenSet: null,
  candidate: null,
  connected: null,
  lastTest: null,
  newest: null,
  ...change,
})

const quiet = { waitingCode: null, notice: null, now }
const other = { ...account, id: 'B', name: 'Jean-Baptiste' }
const unread = { identity: 'unread', account: null } as const
const begun = (step: 'pending' | 'exchanging' | 'done', ms: number) => ({
  newest: { step, createdAt: ago(ms), steppedAt: ago(ms), shared: false },
})

describe('the view of a connection', () => {
  it.each<[string, Partial<ConnectionRecord>, Headline, FailureCode | null]>([
    ['nothing yet', { status: { ...awaiting, state: 'unconfigured' } }, 'unconfigured', null],
    ['credentials saved', {}, 'awaiting_authorization', null],
    ['left and not come back', begun('pending', 60_000), 'awaiting_authorization', 'never_returned'],
    ['left a day ago and not come back', begun('pending', 24 * 3_600_000), 'awaiting_authorization', null],
    [
      'a wrong secret, and left in vain',
      { status: { ...awaiting, state: 'misconfigured', reason: 'invalid_client' }, ...begun('pending', 1000) },
      'misconfigured',
      'invalid_client',
    ],
    ['an exchange under way', begun('exchanging', 1000), 'awaiting_authorization', 'exchange_under_way'],
    ['an exchange whose process died', begun('exchanging', 61_000), 'refused', 'exchange_interrupted'],
    [
      'a refused code',
      { authorizationFailure: { code: 'code_expired', at: now }, ...begun('done', 1000) },
      'refused',
      'code_expired',
    ],
    [
      'a wrong secret',
      { status: { ...awaiting, state: 'misconfigured', reason: 'invalid_client' } },
      'misconfigured',
      'invalid_client',
    ],
    ['connected', { status: connected, tokenSet: tokens() }, 'connected', null],
    [
      'connected, and an attempt beside it that failed',
      { status: connected, tokenSet: tokens(), authorizationFailure: { code: 'access_denied', at: now } },
      'connected',
      'access_denied',
    ],
    [
      'connected, account unknown',
      {
        status: { ...connected, reason: 'identity_refused' },
        tokenSet: tokens({ identity: 'refused', account: null }),
      },
      'connected',
      null,
    ],
    [
      'account not read yet',
      { status: { ...connected, state: 'degraded', reason: 'identity_unknown' }, tokenSet: tokens(unread) },
      'degraded',
      'identity_unknown',
    ],
    ['paused', { status: connected, tokenSet: tokens(), enabled: false }, 'paused', null],
    ['a first account to confirm', { candidate: tokens({ knownState: false }) }, 'question', null],
    [
      'another account',
      { status: connected, tokenSet: tokens(), candidate: tokens({ id: 't2', account: other }) },
      'question',
      null,
    ],
    [
      'a reconnection whose account cannot be read',
      { status: connected, tokenSet: tokens(), candidate: tokens({ id: 't2', ...unread }) },
      'unverified',
      'identity_unverified',
    ],
    [
      'a pasted code whose account is refused',
      { candidate: tokens({ knownState: false, identity: 'refused', account: null }) },
      'unverified',
      'identity_unprovable',
    ],
  ])('%s', (_, change, headline, problem) => {
    const view = viewConnection(record(change), quiet)
    expect([view.headline, view.problem?.code ?? null]).toEqual([headline, problem])
  })

  it('asks « first » for the same or no account, « replace » for another', () => {
    const question = (change: Partial<ConnectionRecord>) => viewConnection(record(change), quiet).candidate?.question
    expect(question({ candidate: tokens() })).toBe('first')
    expect(question({ tokenSet: tokens(), candidate: tokens({ id: 't2' }) })).toBe('first')
    expect(question({ tokenSet: tokens(), candidate: tokens({ id: 't2', account: other }) })).toBe('replace')
    expect(question({ candidate: tokens(unread) })).toBe('identity')
  })

  it('counts ten minutes from the arrival of a waiting code', () => {
    const view = viewConnection(record(), { ...quiet, waitingCode: { arrivedAt: now } })
    expect(view.headline).toBe('code_received')
    expect(view.waitingCode?.expiresAt).toEqual(new Date(now.getTime() + 600_000))
  })

  it('heeds a link that returns with an error only while nothing works, or soon after somebody left', () => {
    const notice = { code: 'access_denied', at: ago(1000) } as const
    const works = { status: connected, tokenSet: tokens() }
    const problemAfter = (change: Partial<ConnectionRecord>) =>
      viewConnection(record(change), { ...quiet, notice }).problem?.code
    expect(problemAfter({})).toBe('access_denied')
    expect(problemAfter(works)).toBeUndefined()
    expect(problemAfter({ ...works, ...begun('done', 3_600_000) })).toBeUndefined()
    expect(problemAfter({ ...works, ...begun('pending', 60_000) })).toBe('access_denied')
  })

  it('does not say Success beside an access that is still to be given', () => {
    const authStatus = { text: 'Success', at: ago(1000) }
    const failed = { text: 'Failed, Status code: BadRequest', at: ago(1000) }
    expect(viewConnection(record({ authStatus }), quiet).authStatus).toBeNull()
    expect(viewConnection(record({ authStatus, candidate: tokens(unread) }), quiet).authStatus).toEqual(authStatus)
    expect(viewConnection(record({ authStatus: failed }), quiet).authStatus).toEqual(failed)
  })

  it('lets the newer of notice and stored failure speak', () => {
    const failed = record({ authorizationFailure: { code: 'code_expired', at: ago(5000) } })
    const notice = { code: 'state_foreign', at: ago(1000) } as const
    expect(viewConnection(failed, { ...quiet, notice }).problem?.code).toBe('state_foreign')
    expect(viewConnection(failed, { ...quiet, notice: { ...notice, at: ago(9000) } }).problem?.code).toBe(
      'code_expired',
    )
  })

  it('holds no secret: only the end of one and its date', () => {
    expect(viewConnection(record(), quiet).secret).toEqual({ last4: '7d1c', setAt: now })
  })
})
