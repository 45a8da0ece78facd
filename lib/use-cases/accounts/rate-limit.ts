import { pause } from '#lib/domain/duration.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Deps } from '#lib/ports/deps.ts'

export interface Bucket {
  name: string
  limit: number
  windowMs: number
}

/** How long an answer waits while too much is asked of all together, and how many of this process may wait at once. */
export const delays = { leastMs: 1_000, mostMs: 5_000, waitingAtMost: 50 }

export const limitRate = ({ store, clock, random }: Pick<Deps, 'store' | 'clock' | 'random'>) => {
  let waiting = 0

  /**
   * Takes one event of each bucket, in this order; what one refuses counts for none.
   *
   * @returns their names, to give the events back
   * @throws Failure `refusal` with `retryAfterS`
   */
  const take = async (buckets: readonly Bucket[], refusal: FailureCode = 'too_many_attempts'): Promise<string[]> => {
    const taken: string[] = []
    for (const { name, limit, windowMs } of buckets) {
      const waitMs = await store.rateLimit.take(name, limit, windowMs, clock.now())
      if (waitMs !== null) {
        await store.rateLimit.giveBack(taken)
        throw new Failure(refusal, { retryAfterS: Math.ceil(waitMs / 1000) })
      }
      taken.push(name)
    }
    return taken
  }

  /**
   * Counts an event of everybody together. Beyond the limit it is answered later, never refused: a stranger could make
   * any number of them.
   *
   * @returns the bucket's name, to give the event back
   */
  const slowDown = async ({ name, limit, windowMs }: Bucket): Promise<string> => {
    const beyond = await store.rateLimit.record(name, limit, windowMs, clock.now())
    if (beyond && waiting < delays.waitingAtMost) {
      waiting += 1
      await pause(delays.leastMs + random.jitter() * (delays.mostMs - delays.leastMs))
      waiting -= 1
    }
    return name
  }

  return { take, slowDown }
}

export type LimitRate = ReturnType<typeof limitRate>
