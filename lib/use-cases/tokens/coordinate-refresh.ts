import { Failure } from '#lib/domain/failure.ts'
import { leaseMs, waitedRetryAfterS, waitMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { PerformRefresh } from './perform-refresh.ts'

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Coordinates refreshes: a refresh token is used once, however many callers, processes and replicas want a new pair. */
export const coordinateRefresh = (
  { store, clock, random, monotonicMs }: Deps,
  { allow }: Pick<CircuitBreaker, 'allow'>,
  { refreshUnderLease }: Pick<PerformRefresh, 'refreshUnderLease'>,
) => {
  const flights = new Map<string, Promise<TokenSet>>()
  let closing = false

  const reread = async (tokenSet: TokenSet): Promise<TokenSet> => {
    const now = await store.tokens.readSet(tokenSet.tokenSetId, clock.now())
    if (!now) throw new Failure('not_connected')
    return now
  }

  /** Waits for another process's refresh: until there is a new version, an outcome, or a free lease. */
  const attempt = async (seen: TokenSet): Promise<TokenSet> => {
    const startedMs = monotonicMs()
    for (let delayMs = 25; ; delayMs = Math.min(delayMs * 2, 250)) {
      if (closing) throw new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })
      const owner = random.uuid()
      const takenAtMs = monotonicMs()
      if (await store.tokens.takeLease(seen.tokenSetId, owner, leaseMs, clock.now())) {
        try {
          await refreshUnderLease(seen, owner, takenAtMs)
        } catch (error) {
          // an open intent stays: the next holder settles it
          await store.tokens.dropLease(seen.tokenSetId, owner).catch(() => {})
          throw error
        }
        return reread(seen)
      }
      await pause(delayMs)
      const now = await reread(seen)
      const isOver = now.version !== seen.version || now.status.attempts !== seen.status.attempts
      if (isOver) return now
      if (monotonicMs() - startedMs > waitMs)
        throw new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })
    }
  }

  const withTimeout = async (flight: Promise<TokenSet>): Promise<TokenSet> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })), waitMs)
    })
    return Promise.race([flight, late]).finally(() => clearTimeout(timer))
  }

  /**
   * Gets a new pair, or learns why there is none; many callers in a process share one flight, many processes one lease.
   *
   * @returns the token set as it is afterwards
   * @throws Failure `provider_unavailable` after 25 s of waiting, or while the provider fails for everybody
   */
  const refresh = async (tokenSet: TokenSet): Promise<TokenSet> => {
    const { tokenSetId } = tokenSet
    let flight = flights.get(tokenSetId)
    if (!flight) {
      if (closing) throw new Failure('provider_unavailable', { retryAfterS: waitedRetryAfterS })
      flight = allow(tokenSet)
        .then((allowed) => (allowed ? attempt(tokenSet) : tokenSet))
        .finally(() => flights.delete(tokenSetId))
      flights.set(tokenSetId, flight)
      // a caller that gave up leaves nobody to hear of it
      flight.catch(() => {})
    }
    return withTimeout(flight)
  }

  /** No new lease from now on; resolves when the calls in flight are over. */
  const close = async (): Promise<void> => {
    closing = true
    await Promise.allSettled(flights.values())
  }

  return { refresh, close }
}

export type CoordinateRefresh = ReturnType<typeof coordinateRefresh>
