import type { ClaimedGrant } from '#lib/domain/authorization/claimed-exchange.ts'
import { authStatusOf, codeUnjudged } from '#lib/domain/authorization/exchange-failure.ts'
import { authSuccess } from '#lib/domain/connections/auth-status.ts'
import type { ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import { transition } from '#lib/domain/connections/connection-status.ts'
import { withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { actorOf, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { refreshInMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { TokenOutcome, TokenPair } from '#lib/domain/tokens/token-response.ts'
import type { ParkedCode } from '#lib/ports/authorization.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { PendingWork } from '../tokens/pending-work.ts'

/** What a token endpoint said to a new grant. */
export interface GrantAnswer {
  /** Null when it was never asked. */
  outcome: TokenOutcome | null
  /** Null when tokens came. */
  failure: FailureCode | null
  redirectUri: string | null
  /** Milliseconds since the provider answered. */
  ageMs: number
  /** A code that may be sent again. */
  parked?: ParkedCode | null
}

const passing = new Set<FailureCode>([...codeUnjudged, 'response_lost', 'provider_configuration'])

/** The tokens of an answer; those of the client's own credentials come without a refresh token. */
const tokensOf = ({ outcome, failure }: GrantAnswer): TokenPair | null => {
  if (failure !== null || !outcome) return null
  if (outcome.kind === 'rotated') return outcome.tokens
  if (outcome.kind !== 'same_token') return null
  return { accessToken: outcome.accessToken, refreshToken: '', lifetimeS: outcome.lifetimeS }
}

/** Stores the first tokens of a grant at once, as the connection's candidate; or what was said instead. */
export const storeGrant = (
  { store, providers, vault, clock, random, monotonicMs }: Deps,
  { track, waitFor, untilStored }: PendingWork,
) => {
  /** What is written with either end of an exchange. */
  const writtenOf = (
    claimed: ClaimedGrant,
    record: ConnectionRecord,
    { outcome, failure, redirectUri }: GrantAnswer,
    now: Date,
  ) => ({
    now,
    entry: journalEntry({
      at: now,
      tenantId: claimed.tenantId,
      connectionId: record.id,
      actor: actorOf({ id: claimed.userId, ip: claimed.ip ?? null }),
      event: 'authorization.exchanged',
      outcome: failure ?? 'ok',
      detail: {
        provider: claimed.provider,
        redirectUri,
        knownState: claimed.knownState,
        answer: outcome?.kind ?? null,
        status: outcome && 'status' in outcome ? outcome.status : null,
        error: outcome && 'error' in outcome ? outcome.error : null,
        hint: outcome && 'hint' in outcome ? outcome.hint : null,
      },
    }),
  })

  const authStatus = ({ outcome }: GrantAnswer) => (outcome ? authStatusOf(outcome) : '')

  const storeTokens = async (
    claimed: ClaimedGrant,
    record: ConnectionRecord,
    tokens: TokenPair,
    answer: GrantAnswer,
  ) => {
    const answeredAtMs = monotonicMs() - answer.ageMs
    const id = random.uuid()
    const at = { tenant: claimed.tenantId, row: id, generation: 1 }
    const { target } = claimed
    const lifetimeMs = tokens.lifetimeS * 1000
    const { refreshToken } = tokens
    const candidate = {
      id,
      tenantId: claimed.tenantId,
      connectionId: record.id,
      clientId: claimed.clientRowId,
      sealedAccessToken: await vault.seal(tokens.accessToken, { purpose: 'access_token', ...at }),
      sealedRefreshToken: refreshToken && (await vault.seal(refreshToken, { purpose: 'refresh_token', ...at })),
      provider: claimed.provider,
      lifetimeMs,
      refreshInMs: refreshInMs(withTokens(providers[claimed.provider]).refreshPolicy, lifetimeMs, 0, random.jitter()),
      knownState: claimed.knownState,
      authorizedBy: claimed.userId,
      target,
      account: target === null ? null : { id: target, name: target, email: '' },
    }
    const status = answer.outcome?.kind === 'same_token' ? authSuccess : authStatus(answer)
    const written = writtenOf(claimed, record, answer, clock.now())
    // the code is spent and these tokens exist nowhere else; a commit that failed may have happened, and then the next try
    // finds its work done
    const write = () => {
      const ageMs = monotonicMs() - answeredAtMs
      return store.authorizations.storeCandidate(claimed.pendingId, { ...candidate, ageMs }, status, written)
    }
    await waitFor(track(untilStored(write)), () => {
      throw new Failure('storage_unavailable')
    })
  }

  const refuse = async (claimed: ClaimedGrant, record: ConnectionRecord, failure: FailureCode, answer: GrantAnswer) => {
    const now = clock.now()
    // answered where it was typed, beside a connection that works; and what the operator puts right is over by itself
    const operators = failure === 'provider_configuration' && record.tokenSet !== null
    const lasting = !operators && (claimed.knownState || record.status.state !== 'connected')
    const alive = record.tokenSet !== null && now < record.tokenSet.expiresAt
    await store.authorizations.failExchange(
      {
        pendingId: claimed.pendingId,
        connectionId: record.id,
        failure,
        lasting,
        parked: answer.parked ?? null,
        authStatus: alive && passing.has(failure) ? null : authStatus(answer) || null,
        statusChange: {
          from: record.status,
          to: transition(record.status, { kind: 'exchange_refused', code: failure }, now),
        },
      },
      writtenOf(claimed, record, answer, now),
    )
  }

  /** @returns why there is no candidate; null when there is one. */
  const recordGrant = async (
    claimed: ClaimedGrant,
    record: ConnectionRecord,
    answer: GrantAnswer,
  ): Promise<FailureCode | null> => {
    const tokens = tokensOf(answer)
    if (tokens) await storeTokens(claimed, record, tokens, answer)
    else await refuse(claimed, record, answer.failure ?? 'response_lost', answer)
    return answer.failure
  }

  return recordGrant
}

export type StoreGrant = ReturnType<typeof storeGrant>
