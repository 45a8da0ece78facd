import { retryAfterMs } from '#lib/domain/tokens/retry-after.ts'
import type { LimitEvidence } from '#lib/ports/rate-budget.ts'
import type { HttpEvidence } from './http.ts'

/** By the provider's own clock, where the answer tells it (RFC 9110 section 6.6.1): ours may be another. */
const nowOf = (headers: Headers): Date => {
  const at = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(at) ? new Date() : new Date(at)
}

/** @see https://developer.focus.teamleader.eu/docs/api/rate-limiting */
const limitOf = (headers: Headers): LimitEvidence['limit'] => {
  const told = headers.get('x-ratelimit-remaining') ?? ''
  const reset = headers.get('x-ratelimit-reset')
  const resetInMs = retryAfterMs({ retryAfter: headers.get('retry-after'), reset }, nowOf(headers))
  return /^\d{1,6}$/.test(told) && resetInMs !== null ? { remaining: Number(told), resetInMs } : null
}

/** What a call tells of its limit; nothing where there was no answer. */
export const limitEvidence = (call: HttpEvidence): LimitEvidence =>
  call.kind === 'answer'
    ? { limit: limitOf(call.headers), throttled: call.status === 429 }
    : { limit: null, throttled: false }
