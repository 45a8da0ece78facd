import { pause } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import { leaseMs, waitedRetryAfterS, waitMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { PendingWork } from './pending-work.ts'
import type { PerformRefresh } from './perform-refresh.ts'

/** Coordinates refreshes: a refresh token is used once, however many callers, processes and replicas want a new pair. */
export const coordinateRefresh = (
  { store, clock, random, monotonicMs }: Deps,
  { allow }: Pick<CircuitBreaker, 'allow'>,
  { refreshUnderLease }: Pick<PerformRefresh, 'refreshUnderLease'>,
  { track, waitFor, untilStored }: PendingWork,
) => {
  const flights = new Map<string, Promise<TokenSet>>()
  /** Begins the owner of each lease of this process. */
  const processId = random.uuid()
  let closing = false

  const reread = async (tokenSet: TokenSet): Promise<TokenSet> => {
    const now = await store.tokens.readSet(tokenSet.tokenSetId, clock.now())
    if (!now) throw new Failure('not_connected')
    return now
  }

  /** At once, or as soon as the database answers again: until then all others would wait for a holder that is none any more. */
  const dropLease = async (tokenSetId: string, owner: string) => {
    const drop = () => store.tokens.dropLease(tokenSetId, owner)
    await drop().catch(() => {
      track(untilStored(drop)).catch(() => {})
    })
  }

  /** Waits for another process's refresh: until there is a new version, an outcome, or a free lease. */
  const attempt = async (seen: TokenSet): Promise<TokenSet> => {
    const startedMs = monotonicMs()
    for (let delayMs = 25; ; delayMs = Math.min(delayMs * 2, 250)) {
      if (closing) throw new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })
      // what could not be stored is not asked for
      await store.health.probe()
      const owner = `${processId}/${random.uuid()}`
      const takenAtMs = monotonicMs()
      try {
        if (await store.tokens.takeLease(seen.tokenSetId, owner, leaseMs, clock.now())) {
          await refreshUnderLease(seen, owner, takenAtMs)
          return await reread(seen)
        }
      } catch (error) {
        // an open intent stays: the next holder settles it
        await dropLease(seen.tokenSetId, owner)
        throw error
      }
      await pause(delayMs)
      const now = await reread(seen)
      const isOver = now.version !== seen.version || now.status.attempts !== seen.status.attempts
      if (isOver) return now
      if (monotonicMs() - startedMs > waitMs)
        throw new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })
    }
  }

  /** Callers leave; the holder goes on, since its answer may be the only valid token pair. */
  const leave = (): never => {
    const code = store.health.isFailing() ? 'storage_unavailable' : 'provider_unavailable'
    throw new Failure(code, { retryAfterS: waitedRetryAfterS })
  }

  /**
   * Gets a new pair, or learns why there is none; many callers in a process share one flight, many processes one lease.
   *
   * @returns the token set as it is afterwards
   * @throws Failure `provider_unavailable` after 25 s of waiting; `storage_unavailable` while nothing can be stored
   */
  const refresh = async (tokenSet: TokenSet): Promise<TokenSet> => {
    const { tokenSetId } = tokenSet
    let flight = flights.get(tokenSetId)
    if (!flight) {
      if (closing) throw new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })
      const allowed = allow(tokenSet).then((isAllowed) => (isAllowed ? attempt(tokenSet) : tokenSet))
      flight = track(allowed.finally(() => flights.delete(tokenSetId)))
      flights.set(tokenSetId, flight)
      // a caller that gave up leaves nobody to hear of it
      flight.catch(() => {})
    }
    return waitFor(flight, leave)
  }

  /** No new lease from now on; what is under way goes on. */
  const close = () => {
    closing = true
  }

  return { refresh, close }
}

export type CoordinateRefresh = ReturnType<typeof coordinateRefresh>
