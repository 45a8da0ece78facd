import { Failure } from '#lib/domain/failure.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Deps } from '#lib/ports/deps.ts'

export interface Bucket {
  name: string
  limit: number
  windowMs: number
}

export const limitRate = ({ store, clock }: Pick<Deps, 'store' | 'clock'>) => {
  /**
   * Takes one event of each bucket.
   *
   * @returns their names, to give the events back
   * @throws Failure `refusal` with `retryAfterS`
   */
  const take = async (buckets: readonly Bucket[], refusal: FailureCode = 'too_many_attempts'): Promise<string[]> => {
    for (const { name, limit, windowMs } of buckets) {
      const waitMs = await store.rateLimit.take(name, limit, windowMs, clock.now())
      if (waitMs !== null) throw new Failure(refusal, { retryAfterS: Math.ceil(waitMs / 1000) })
    }
    return buckets.map(({ name }) => name)
  }
  return take
}

export type LimitRate = ReturnType<typeof limitRate>
