import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import { tokenRefusals } from '#lib/domain/connections/connection-test.ts'
import { withTokens } from '#lib/domain/connections/provider.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { HeldTokens } from '#lib/ports/tokens.ts'
import type { RefreshTokens } from './coordinate-refresh.ts'
import type { ObtainedToken, ObtainToken, Wish } from './get-access-token.ts'

/** All callers together may cause one refresh, and one test read, in this time. */
const reportEveryMs = 10 * 60 * 1000
const testDeadlineMs = 8_000

const backEnd: Actor = { kind: 'back_end' }

/** The provider refused an access token: a back end says so, or reads of our own met it. */
export const reportRefusedToken = (
  { store, providers, clock }: Deps,
  { find, serve, usable, unavailable }: Omit<ObtainToken, 'obtain'>,
  { refresh }: Pick<RefreshTokens, 'refresh'>,
) => {
  const refuse = async (held: HeldTokens, actor: Actor) => {
    const now = clock.now()
    const status: ConnectionStatus =
      held.status.state === 'reconnect_required'
        ? held.status
        : { ...held.status, state: 'reconnect_required', reason: 'access_refused', since: now, nextAttemptAt: null }
    const entry = journalEntry({
      at: now,
      tenantId: held.tenantId,
      connectionId: held.connectionId,
      actor,
      event: 'token.reported',
      outcome: 'access_refused',
      detail: { generation: held.generation },
    })
    await store.tokens.refuseAccess(held, status, entry)
    return new Failure('reconnect_required', { reason: status.reason })
  }

  /** What no refresh helps ends the connection; one that failed in passing is tried again by itself. */
  const conclude = async (held: HeldTokens, actor: Actor): Promise<never> => {
    const { state, reason } = held.status
    throw state === 'degraded' && reason !== 'identity_unknown' ? unavailable(held) : await refuse(held, actor)
  }

  const serveOrSay = (held: HeldTokens) => {
    if (usable(held)) return serve(held)
    throw unavailable(held)
  }

  /** After a refresh that did not help, one read of our own decides what is wrong. */
  const test = async (held: HeldTokens) => {
    if (!(await store.tokens.claimReport(held, 'test', reportEveryMs, clock.now()))) return serveOrSay(held)
    const token = await serve(held)
    const { reads, testRead } = withTokens(providers[held.provider])
    const failure = reads[0] ? await testRead(reads[0], token.accessToken, testDeadlineMs) : null
    return failure !== null && tokenRefusals.has(failure) ? conclude(held, backEnd) : token
  }

  /** Somebody else's report of the same token is what is being acted on. */
  const isBeingRefreshed = async ({ tokenSetId, generation }: HeldTokens) => {
    const now = await store.tokens.readSet(tokenSetId, clock.now())
    return now?.reportedGeneration === generation && now.status.state === 'connected'
  }

  /** One refresh; `decide` says what follows where that was had already. */
  const act = async (
    wish: Wish,
    version: number,
    actor: Actor,
    decide: (held: HeldTokens) => Promise<ObtainedToken>,
  ): Promise<ObtainedToken> => {
    const held = await find(wish)
    if (version !== held.generation) return serveOrSay(held)
    const { state } = held.status
    // its refresh token is known to be dead, so this access token was the last one
    if (state === 'reconnect_required') throw await refuse(held, actor)
    if (state === 'misconfigured') return decide(held)
    const first = await store.tokens.claimReport(held, 'refresh', reportEveryMs, clock.now())
    if (!first && !(await isBeingRefreshed(held))) return decide(held)
    const after = await refresh(held)
    if (after.generation === held.generation && after.status.state === 'reconnect_required')
      throw await refuse(after, actor)
    return serveOrSay(after)
  }

  /**
   * @param version the one reported; an older one than ours is answered with ours.
   * @throws Failure as `obtain` does
   */
  const report = (wish: Wish, version: number) => act(wish, version, backEnd, test)

  /** The same for a token that every read of our own was refused with: no other read has to tell. */
  const reportRead = (wish: Wish, version: number, actor: Actor) =>
    act(wish, version, actor, (held) => conclude(held, actor))

  return { report, reportRead }
}

export type ReportRefusedToken = ReturnType<typeof reportRefusedToken>
