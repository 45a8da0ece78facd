import { retryAfterMs } from '#lib/domain/tokens/retry-after.ts'

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
