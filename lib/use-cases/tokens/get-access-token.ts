import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type ProviderId, withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type CallWindow, callWindowOf } from '#lib/domain/rate-budget/whose-calls.ts'
import { demandedMs, refreshInMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { CoordinateRefresh } from './coordinate-refresh.ts'

/** A valid access token and what its user may know of it. */
export interface ObtainedToken {
  accessToken: string
  expiresAt: Date
  /** Counts the refreshes of this token set: what a report of a refused token names. */
  version: number
  account: { id: string; name: string; email: string } | null
  /** Whose calls the provider counts when it is used. */
  window: CallWindow
}

export interface TokenRequest {
  tenantId: TenantId
  provider: ProviderId
  /** Milliseconds the token should still live; capped at half its lifetime. */
  minTtlMs: number
}

const useEveryMs = 60_000

/** The only way to get an access token. */
export const getAccessToken = (
  { store, providers, vault, clock, random, log, meter }: Deps,
  { refresh }: Pick<CoordinateRefresh, 'refresh'>,
) => {
  /** Opened tokens by row and version; a newer version replaces the older. */
  const opened = new Map<string, { version: number; accessToken: string }>()

  const open = async (tokenSet: TokenSet): Promise<ObtainedToken> => {
    const { tokenSetId: row, version, tenantId: tenant } = tokenSet
    let known = opened.get(row)
    if (known?.version !== version) {
      const context = { purpose: 'access_token', tenant, row, generation: version } as const
      const accessToken = await vault.open(tokenSet.sealedAccessToken, context)
      if (accessToken === null) throw new Failure('misconfigured', { reason: 'secret_unreadable' })
      known = { version, accessToken }
      if (opened.size > 10_000) opened.clear()
      opened.set(row, known)
    }
    return {
      accessToken: known.accessToken,
      expiresAt: tokenSet.expiresAt,
      version: version,
      account: tokenSet.account,
      window: callWindowOf(tokenSet),
    }
  }

  /** Buffered: one write a minute tells the background work that the connection is used. */
  const touch = async (tokenSet: TokenSet) => {
    // noted in the future: the clock has jumped back since
    if (tokenSet.msUnused !== null && Math.abs(tokenSet.msUnused) < useEveryMs) return
    const { refreshPolicy } = withTokens(providers[tokenSet.provider])
    const sinceMs = tokenSet.lifetimeMs - tokenSet.msLeft
    const wholeMs = refreshInMs(refreshPolicy, tokenSet.lifetimeMs, 0, random.jitter())
    const inMs = wholeMs === null ? null : Math.max(wholeMs - sinceMs, 0)
    // a token that is valid is handed out even while nothing can be written
    await store.tokens
      .touch(tokenSet, tokenSet.status.state === 'connected' && !tokenSet.restoredAt ? inMs : null, clock.now())
      .catch(() => log.warn('the use of a token was not noted', { connectionId: tokenSet.connectionId }))
  }

  const serve = async (tokenSet: TokenSet): Promise<ObtainedToken> => {
    const token = await open(tokenSet)
    await touch(tokenSet)
    meter.handedOut(tokenSet.provider, tokenSet.lifetimeMs - tokenSet.msLeft)
    return token
  }

  const nextTryS = ({ msToNextAttempt }: TokenSet) => Math.max(Math.ceil((msToNextAttempt ?? 60_000) / 1000), 1)

  /** Why a connection without a valid token has none. */
  const unavailable = (tokenSet: TokenSet): Failure => {
    const { state, reason } = tokenSet.status
    if (tokenSet.restoredAt) return new Failure('connection_disabled', { reason: 'restored' })
    if (state === 'reconnect_required' || state === 'misconfigured') return new Failure(state, { reason })
    return new Failure('provider_unavailable', { reason, retryAfterS: nextTryS(tokenSet) })
  }

  const find = async ({ tenantId, provider }: TokenRequest): Promise<TokenSet> => {
    const tokenSet = await store.tokens.read(tenantId, provider, clock.now())
    if (!tokenSet) throw new Failure('not_connected')
    if (!tokenSet.enabled) throw new Failure('connection_disabled')
    return tokenSet
  }

  const usable = (tokenSet: TokenSet) => tokenSet.msLeft > 0 && !tokenSet.accessRefused

  /**
   * What is there when a refresh did not end. A promotion takes the token set away from under it: the new one is there to be
   * asked for. What passes leaves a token that is still valid.
   */
  const replacement = async (request: TokenRequest, tokenSet: TokenSet, error: unknown): Promise<TokenSet> => {
    if (!(error instanceof Failure)) throw error
    const passes = error.code === 'provider_unavailable' || error.code === 'storage_unavailable'
    if (passes && usable(tokenSet)) return tokenSet
    if (error.code !== 'not_connected') throw error
    const now = await find(request)
    if (now.tokenSetId === tokenSet.tokenSetId) throw error
    return now
  }

  /** Nothing is refreshed before a person has acted. */
  const waitsForPerson = ({ status: { state }, restoredAt }: TokenSet) =>
    state === 'reconnect_required' || state === 'misconfigured' || restoredAt !== null

  /** After a failure nothing is asked before the time that was set. */
  const early = ({ status: { state, reason }, msToNextAttempt }: TokenSet) =>
    state === 'degraded' && reason !== 'identity_unknown' && msToNextAttempt !== null && msToNextAttempt > 0

  /**
   * Fresh enough: no lock and no write. Else the token is refreshed first, once for all who ask.
   *
   * @throws Failure `not_connected`, `connection_disabled`, `reconnect_required`, `misconfigured`, `provider_unavailable`
   */
  const obtain = async (request: TokenRequest): Promise<ObtainedToken> => {
    const tokenSet = await find(request)
    const { refreshPolicy } = withTokens(providers[request.provider])
    if (usable(tokenSet) && tokenSet.msLeft > demandedMs(refreshPolicy, tokenSet.lifetimeMs, request.minTtlMs))
      return serve(tokenSet)
    if (waitsForPerson(tokenSet) || early(tokenSet)) {
      if (usable(tokenSet)) return serve(tokenSet)
      throw unavailable(tokenSet)
    }
    const after = await refresh(tokenSet).catch((error: unknown) => replacement(request, tokenSet, error))
    if (!after.enabled) throw new Failure('connection_disabled')
    if (usable(after)) return serve(after)
    throw unavailable(after)
  }

  return { obtain, find, serve, usable, unavailable }
}

export type GetAccessToken = ReturnType<typeof getAccessToken>
