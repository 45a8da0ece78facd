import { minuteMs } from '#lib/domain/duration.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { RateBudget } from '#lib/ports/sync.ts'

/** Of the 200 calls a minute that a provider takes, these are not for people's clicks. */
const callsAMinute = 190

/** The calls that leave in a sliding minute, of one client in one account. */
export const limitCalls = ({ store }: Deps): RateBudget => ({
  take: async ({ clientId, accountId }, _, now) =>
    (await store.rateLimit.take(`calls:${clientId}:${accountId}`, callsAMinute, minuteMs, now)) ?? 0,
  note: async () => {},
})
