import type { Standing } from '#lib/domain/connection.ts'
import { Failure } from '#lib/domain/failure.ts'
import { journalEntry } from '#lib/domain/journal-entry.ts'
import { withTokens } from '#lib/domain/provider.ts'
import type { HeldTokens } from '#lib/ports/token-store.ts'
import type { Deps } from '#lib/ports.ts'
import type { ObtainToken, Wish } from './obtain-token.ts'
import type { RefreshTokens } from './refresh-tokens.ts'

/** All callers together may cause one refresh, and one test read, in this time. */
const reportEveryMs = 10 * 60 * 1000
const testDeadlineMs = 8_000

/** A back end says that the provider refused the token it was handed. */
export const reportRefusedToken = (
  { store, providers, clock }: Deps,
  { find, serve, usable, unavailable }: Omit<ObtainToken, 'obtain'>,
  { refresh }: Pick<RefreshTokens, 'refresh'>,
) => {
  const refuse = async (held: HeldTokens) => {
    const now = clock.now()
    const standing: Standing =
      held.standing.state === 'reconnect_required'
        ? held.standing
        : { ...held.standing, state: 'reconnect_required', reason: 'access_refused', since: now, nextAttemptAt: null }
    const entry = journalEntry({
      at: now,
      tenantId: held.tenantId,
      connectionId: held.connectionId,
      actor: { kind: 'back_end' },
      event: 'token.reported',
      outcome: 'access_refused',
      detail: { generation: held.generation },
    })
    await store.tokens.refuseAccess(held, standing, entry)
    return new Failure('reconnect_required', { reason: standing.reason })
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
    if (failure === 'access_refused' || failure === 'read_expired') throw await refuse(held)
    return token
  }

  /** Somebody else's report of the same token is what is being acted on. */
  const isBeingRefreshed = async ({ tokenSetId, generation }: HeldTokens) => {
    const now = await store.tokens.readSet(tokenSetId, clock.now())
    return now?.reportedGeneration === generation && now.standing.state === 'connected'
  }

  /**
   * @param version the one reported; an older one than ours is answered with ours.
   * @throws Failure as `obtain` does
   */
  const report = async (wish: Wish, version: number) => {
    const held = await find(wish)
    if (version !== held.generation) return serveOrSay(held)
    const { state } = held.standing
    // its refresh token is known to be dead, so this access token was the last one
    if (state === 'reconnect_required') throw await refuse(held)
    if (state === 'misconfigured') return test(held)
    const first = await store.tokens.claimReport(held, 'refresh', reportEveryMs, clock.now())
    if (!first && !(await isBeingRefreshed(held))) return test(held)
    const after = await refresh(held)
    if (after.generation === held.generation && after.standing.state === 'reconnect_required') throw await refuse(after)
    return serveOrSay(after)
  }

  return report
}
