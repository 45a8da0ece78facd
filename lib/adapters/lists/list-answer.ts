import { retryAfterMs } from '#lib/domain/tokens/retry-after.ts'
import type { SeenLimit } from '#lib/ports/sync.ts'

/** The provider's clock, RFC 9110 section 6.6.1. */
export const dateOf = (headers: Headers): Date | null => {
  const at = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(at) ? null : new Date(at)
}

/** How long the provider asks us to wait, by its own clock where it has one. */
export const waitOf = (headers: Headers): number | null =>
  retryAfterMs(
    { retryAfter: headers.get('retry-after'), reset: headers.get('x-ratelimit-reset') },
    dateOf(headers) ?? new Date(),
  )

/** @see https://developer.focus.teamleader.eu/docs/api/rate-limiting */
export const limitOf = (headers: Headers): SeenLimit | null => {
  const remaining = Number(headers.get('x-ratelimit-remaining') ?? Number.NaN)
  const resetInMs = waitOf(headers)
  return Number.isInteger(remaining) && resetInMs !== null ? { remaining, resetInMs } : null
}
