import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import { tokenRefusals } from '#lib/domain/connections/connection-test.ts'
import { withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { RateBudget } from '../rate-budget/rate-budget.ts'
import type { CoordinateRefresh } from './coordinate-refresh.ts'
import type { GetAccessToken, ObtainedToken, TokenRequest } from './get-access-token.ts'

/** All callers together may cause one refresh, and one test read, in this time. */
const reportEveryMs = 10 * 60 * 1000
const testDeadlineMs = 8_000

const backEnd: Actor = { kind: 'back_end' }

/** The provider refused an access token: a back end says so, or reads of our own met it. */
export const reportRejectedToken = (
  { store, providers, clock }: Deps,
  { find, serve, usable, unavailable }: Omit<GetAccessToken, 'obtain'>,
  { refresh }: Pick<CoordinateRefresh, 'refresh'>,
  { call }: Pick<RateBudget, 'call'>,
) => {
  const refuse = async (tokenSet: TokenSet, actor: Actor) => {
    const now = clock.now()
    const status: ConnectionStatus =
      tokenSet.status.state === 'reconnect_required' || tokenSet.restoredAt
        ? tokenSet.status
        : { ...tokenSet.status, state: 'reconnect_required', reason: 'access_refused', since: now, nextAttemptAt: null }
    const entry = journalEntry({
      at: now,
      tenantId: tokenSet.tenantId,
      connectionId: tokenSet.connectionId,
      actor,
      event: 'token.reported',
      outcome: 'access_refused',
      detail: { generation: tokenSet.version },
    })
    await store.tokens.refuseAccess(tokenSet, status, entry)
    return tokenSet.restoredAt ? unavailable(tokenSet) : new Failure('reconnect_required', { reason: status.reason })
  }

  /** What no refresh helps ends the connection; one that failed in passing is tried again by itself. */
  const conclude = async (tokenSet: TokenSet, actor: Actor): Promise<never> => {
    const { state, reason } = tokenSet.status
    throw state === 'degraded' && reason !== 'identity_unknown' ? unavailable(tokenSet) : await refuse(tokenSet, actor)
  }

  const serveOrSay = (tokenSet: TokenSet) => {
    if (usable(tokenSet)) return serve(tokenSet)
    throw unavailable(tokenSet)
  }

  /** After a refresh that did not help, one read of our own decides what is wrong. */
  const test = async (tokenSet: TokenSet) => {
    if (!(await store.tokens.claimReport(tokenSet, 'test', reportEveryMs, clock.now()))) return serveOrSay(tokenSet)
    const token = await serve(tokenSet)
    const { reads, testRead } = withTokens(providers[tokenSet.provider])
    const [read] = reads
    const send = read && (() => testRead(read, token.accessToken, testDeadlineMs))
    const answer = send ? await call(token.window, 'person', testDeadlineMs, send) : null
    return answer?.failure && tokenRefusals.has(answer.failure) ? conclude(tokenSet, backEnd) : token
  }

  /** Somebody else's report of the same token is what is being acted on. */
  const isBeingRefreshed = async ({ tokenSetId, version }: TokenSet) => {
    const now = await store.tokens.readSet(tokenSetId, clock.now())
    return now?.reportedVersion === version && now.status.state === 'connected'
  }

  /** One refresh; `decide` says what follows where that was had already. */
  const act = async (
    request: TokenRequest,
    version: number,
    actor: Actor,
    decide: (tokenSet: TokenSet) => Promise<ObtainedToken>,
  ): Promise<ObtainedToken> => {
    const tokenSet = await find(request)
    if (version !== tokenSet.version) return serveOrSay(tokenSet)
    const { state } = tokenSet.status
    // its refresh token is known to be dead, so this access token was the last one
    if (state === 'reconnect_required' || tokenSet.restoredAt) throw await refuse(tokenSet, actor)
    if (state === 'misconfigured') return decide(tokenSet)
    const first = await store.tokens.claimReport(tokenSet, 'refresh', reportEveryMs, clock.now())
    if (!first && !(await isBeingRefreshed(tokenSet))) return decide(tokenSet)
    const after = await refresh(tokenSet)
    if (after.version === tokenSet.version && after.status.state === 'reconnect_required')
      throw await refuse(after, actor)
    return serveOrSay(after)
  }

  /**
   * @param version the one reported; an older one than ours is answered with ours.
   * @throws Failure as `obtain` does
   */
  const report = (request: TokenRequest, version: number) => act(request, version, backEnd, test)

  /** The same for a token that every read of our own was refused with: no other read has to tell. */
  const reportRead = (request: TokenRequest, version: number, actor: Actor) =>
    act(request, version, actor, (tokenSet) => conclude(tokenSet, actor))

  return { report, reportRead }
}

export type ReportRejectedToken = ReturnType<typeof reportRejectedToken>
