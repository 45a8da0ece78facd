import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type ProviderId, withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type CallWindow, callWindowOf } from '#lib/domain/rate-budget/whose-calls.ts'
import { demandedMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { CoordinateRefresh } from './coordinate-refresh.ts'
import type { NoteTokenUses } from './note-token-uses.ts'

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

const isSameAccount = (one: ObtainedToken['account'], other: ObtainedToken['account']) =>
  one?.id === other?.id && one?.name === other?.name && one?.email === other?.email

/** The only way to get an access token. */
export const getAccessToken = (
  { store, providers, vault, clock, meter }: Deps,
  { refresh }: Pick<CoordinateRefresh, 'refresh'>,
  { note }: Pick<NoteTokenUses, 'note'>,
) => {
  /** What was handed out last, by row: the same object for as long as nothing of it changes. */
  const served = new Map<string, ObtainedToken>()

  const open = async ({ tokenSetId: row, version, tenantId: tenant, sealedAccessToken }: TokenSet): Promise<string> => {
    const context = { purpose: 'access_token', tenant, row, generation: version } as const
    const accessToken = await vault.open(sealedAccessToken, context)
    if (accessToken === null) throw new Failure('misconfigured', { reason: 'secret_unreadable' })
    return accessToken
  }

  const serve = async (tokenSet: TokenSet): Promise<ObtainedToken> => {
    note(tokenSet)
    meter.handedOut(tokenSet.provider, tokenSet.lifetimeMs - tokenSet.msLeft)
    const { tokenSetId, version, expiresAt, account } = tokenSet
    const known = served.get(tokenSetId)
    const isOpen = known?.version === version
    const isSame = isOpen && known.expiresAt.getTime() === expiresAt.getTime() && isSameAccount(known.account, account)
    if (isSame) return known
    const accessToken = isOpen ? known.accessToken : await open(tokenSet)
    const token = { accessToken, expiresAt, version, account, window: callWindowOf(tokenSet) }
    if (served.size > 10_000) served.clear()
    served.set(tokenSetId, token)
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

  const connected = (tokenSet: TokenSet | null): TokenSet => {
    if (!tokenSet) throw new Failure('not_connected')
    if (!tokenSet.enabled) throw new Failure('connection_disabled')
    return tokenSet
  }

  const find = async ({ tenantId, provider }: TokenRequest): Promise<TokenSet> =>
    connected(await store.tokens.read(tenantId, provider, clock.now()))

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
   * @param known what was just read for the request, with the key that it came with
   * @throws Failure `not_connected`, `connection_disabled`, `reconnect_required`, `misconfigured`, `provider_unavailable`
   */
  const obtain = async (request: TokenRequest, known?: TokenSet | null): Promise<ObtainedToken> => {
    const tokenSet = known === undefined ? await find(request) : connected(known)
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
