import { authStatusOf } from '../authorization/exchange-failure.ts'
import { authFailed } from '../connections/auth-status.ts'
import type { ConnectionStatus } from '../connections/connection-status.ts'
import type { RefreshPolicy } from '../connections/provider.ts'
import { dayMs } from '../duration.ts'
import type { FailureCode } from '../failure-codes.ts'
import { misconfiguration, type TokenOutcome } from './token-response.ts'

/** A lease outlives every request that leaves under it: 35 s to leave, and it is renewed while the answer is awaited. */
export const leaseMs = 60_000
export const lastRequestMs = 35_000
export const renewEveryMs = 20_000
/**
 * How long the database must have answered, and this process have run, before it asks again with a refresh token that
 * another process may have spent: who holds an unstored token pair stores it first.
 */
export const settleAfterMs = 30_000
/** Whoever waits for another's refresh gives up after this. */
export const waitMs = 25_000
export const waitedRetryAfterS = 5

const longestBackoffMs = 15 * 60 * 1000
/** No wait is longer, whether we chose it or the provider asked for it. */
export const longestWaitMs = longestBackoffMs * 1.2

/** How long before its end an access token is no longer handed out. */
export const marginMs = ({ marginMs: most }: RefreshPolicy, lifetimeMs: number) => Math.min(most, lifetimeMs * 0.2)

/** The life a caller may ask for: at most half of what a token has, or every call would refresh. */
export const demandedMs = (refreshPolicy: RefreshPolicy, lifetimeMs: number, minTtlMs: number) =>
  Math.max(marginMs(refreshPolicy, lifetimeMs), Math.min(minTtlMs, lifetimeMs / 2))

/**
 * When the background work refreshes a token set: ahead of its end while it is used, once a day while it is not.
 *
 * @param jitter between 0 and 1, so that those which began together drift apart
 * @returns null for a provider whose tokens are refreshed on demand
 */
export const refreshInMs = (
  refreshPolicy: RefreshPolicy,
  lifetimeMs: number,
  unusedMs: number | null,
  jitter: number,
) => {
  if (!refreshPolicy.ahead) return null
  const ahead = lifetimeMs - marginMs(refreshPolicy, lifetimeMs) * (1 + jitter)
  return unusedMs !== null && unusedMs < dayMs ? Math.max(ahead, 0) : dayMs * (0.9 + 0.1 * jitter)
}

/** After the n-th failure in a row: 30 s, 1 min, 2 min … 15 min, a fifth more or less. */
export const backoffMs = (attempts: number, jitter: number) =>
  Math.min(30_000 * 2 ** Math.min(attempts - 1, 10), longestBackoffMs) * (0.8 + 0.4 * jitter)

/** What the breaker counts. */
export type CallOutcome = 'ok' | 'passing' | 'grant_dead' | 'misconfigured'

/** What a refresh came to, before it is written. */
export interface RefreshDecision {
  status: ConnectionStatus
  /** Null leaves what the page shows. */
  authStatus: string | null
  call: CallOutcome
  /** An attempt whose outcome the provider may know better than we do stays open, to name a later refusal. */
  intent: 'close' | 'keep'
  /** Milliseconds until the background work tries again; null: never by itself. */
  dueInMs: number | null
}

export interface RefreshFailureInput {
  status: ConnectionStatus
  outcome: Exclude<TokenOutcome, { kind: 'rotated' | 'same_token' }>
  /** The client is the operator's own: that it is refused is nothing that the tenant can put right. */
  shared: boolean
  /** An earlier request with this refresh token was never answered, or the first one of this call was not. */
  lostBefore: boolean
  tokenValid: boolean
  now: Date
  jitter: number
}

const passingCode = ({ kind }: TokenOutcome): FailureCode =>
  kind === 'throttled' ? 'provider_throttled' : 'provider_unavailable'

const enter = (from: ConnectionStatus, state: ConnectionStatus['state'], reason: FailureCode, now: Date) => ({
  state,
  reason,
  since: from.state === state && from.reason === reason ? from.since : now,
  lastSuccessAt: from.lastSuccessAt,
  attempts: from.attempts + 1,
})

/**
 * The operator's client is refused, or gone from the settings (no `outcome`: then nothing was asked): tried again until it is
 * put right, and nothing that a tenant is to hear of.
 */
export const decideOperatorFault = ({
  status,
  outcome = null,
  lostBefore,
  tokenValid,
  now,
  jitter,
}: Omit<RefreshFailureInput, 'outcome' | 'shared'> & {
  outcome?: RefreshFailureInput['outcome'] | null
}): RefreshDecision => {
  const waitMs = backoffMs(status.attempts + 1, jitter)
  return {
    status: {
      ...enter(status, 'degraded', 'provider_configuration', now),
      nextAttemptAt: new Date(now.getTime() + waitMs),
    } as ConnectionStatus,
    authStatus: tokenValid || outcome === null ? null : authStatusOf(outcome),
    call: 'misconfigured',
    intent: lostBefore || outcome === null ? 'keep' : 'close',
    dueInMs: waitMs,
  }
}

/** Decides what follows from a refresh that gave no token. A transient failure disables nothing; what is final waits for a person. */
export const decideFailure = (input: RefreshFailureInput): RefreshDecision => {
  const { status, outcome, shared, lostBefore, tokenValid, now, jitter } = input
  if (shared && outcome.kind === 'misconfigured' && outcome.error === 'invalid_client')
    return decideOperatorFault(input)
  if (outcome.kind === 'grant_dead' || outcome.kind === 'misconfigured') {
    const dead = outcome.kind === 'grant_dead'
    const [state, reason] = dead
      ? (['reconnect_required', lostBefore ? 'lost_response' : 'revoked'] as const)
      : (['misconfigured', misconfiguration(outcome)] as const)
    return {
      status: { ...enter(status, state, reason, now), nextAttemptAt: null } as ConnectionStatus,
      authStatus: authStatusOf(outcome),
      call: outcome.kind,
      // what was lost with this refresh token stays known: asked once more, it is no other refusal
      intent: lostBefore ? 'keep' : 'close',
      dueInMs: null,
    }
  }
  const asked = outcome.kind === 'throttled' ? outcome.retryAfterMs : null
  const waitMs = asked === null ? backoffMs(status.attempts + 1, jitter) : asked * (1 + 0.2 * jitter)
  const untouched = outcome.kind === 'not_sent' || outcome.kind === 'throttled'
  return {
    status: {
      ...enter(status, 'degraded', passingCode(outcome), now),
      nextAttemptAt: new Date(now.getTime() + waitMs),
    } as ConnectionStatus,
    authStatus: tokenValid ? null : outcome.kind === 'not_sent' ? authFailed(null) : authStatusOf(outcome),
    call: 'passing',
    intent: untouched && !lostBefore ? 'close' : 'keep',
    dueInMs: waitMs,
  }
}

/** What is sealed does not open (altered, moved): only a person can help, and nothing was asked of the provider. */
export const decideUnreadable = (status: ConnectionStatus, now: Date): RefreshDecision => ({
  status: { ...enter(status, 'misconfigured', 'secret_unreadable', now), nextAttemptAt: null } as ConnectionStatus,
  authStatus: null,
  call: 'misconfigured',
  intent: 'keep',
  dueInMs: null,
})

/** The status after a refresh that gave a token: connected, or still waiting to learn whose account it is. */
export const decideSuccess = (status: ConnectionStatus, accountKnown: boolean, now: Date): ConnectionStatus => {
  const times = { lastSuccessAt: now, attempts: 0, nextAttemptAt: null }
  if (accountKnown || status.reason === 'identity_refused') {
    const reason = accountKnown ? null : 'identity_refused'
    const stays = status.state === 'connected' && status.reason === reason
    return { state: 'connected', reason, since: stays ? status.since : now, ...times }
  }
  const stays = status.state === 'degraded' && status.reason === 'identity_unknown'
  return { state: 'degraded', reason: 'identity_unknown', since: stays ? status.since : now, ...times }
}
