const leastMs = 1_000
const mostMs = 15 * 60 * 1000

const clamp = (ms: number) => Math.min(Math.max(ms, leastMs), mostMs)

/** A date as providers write it: ISO 8601 with or without milliseconds, `Z`, `+01:00` or `+0100`; or seconds of the epoch. */
const readDate = (text: string): number => {
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
}

/**
 * How long a provider asks us to wait: `Retry-After` (RFC 9110 section 10.2.3), else `X-RateLimit-Reset` (Teamleader API,
 * « Rate limiting »). Between 1 s and 15 min; null when it asked nothing readable.
 */
export const retryAfterMs = (
  { retryAfter, reset }: { retryAfter: string | null; reset: string | null },
  now: Date,
): number | null => {
  if (retryAfter !== null && /^\d{1,9}$/.test(retryAfter)) return clamp(Number(retryAfter) * 1000)
  const at = retryAfter !== null ? Date.parse(retryAfter) : reset !== null ? readDate(reset) : Number.NaN
  return Number.isNaN(at) ? null : clamp(at - now.getTime())
}
