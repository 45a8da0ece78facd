const leastMs = 1_000
const mostMs = 15 * 60 * 1000

const clamp = (ms: number) => Math.min(Math.max(ms, leastMs), mostMs)

/** A date as providers write it: ISO 8601 with or without milliseconds, `Z`, `+01:00` or `+0100`; or seconds of the epoch. */
const readDate = (text: string): number => {
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
}

/** What `Date.parse` takes for a date is more than HTTP does: « 1.5 » is one to it. */
const httpDate = /^[A-Z][a-z]{2,8},? /

/**
 * How long a provider asks us to wait: `Retry-After` (RFC 9110 section 10.2.3), else `X-RateLimit-Reset` (Teamleader API,
 * « Rate limiting »). Between 1 s and 15 min; null when it asked nothing readable.
 */
export const retryAfterMs = (
  { retryAfter, reset }: { retryAfter: string | null; reset: string | null },
  now: Date,
): number | null => {
  if (retryAfter !== null && /^\d{1,9}$/.test(retryAfter)) return clamp(Number(retryAfter) * 1000)
  const dated = retryAfter !== null && httpDate.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN
  const at = Number.isNaN(dated) && reset !== null ? readDate(reset) : dated
  return Number.isNaN(at) ? null : clamp(at - now.getTime())
}
