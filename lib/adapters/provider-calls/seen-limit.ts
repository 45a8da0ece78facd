import type { LimitEvidence } from '#lib/ports/rate-budget.ts'
import type { HttpEvidence } from '../http.ts'
import { waitOf } from '../lists/list-answer.ts'

/** @see https://developer.focus.teamleader.eu/docs/api/rate-limiting */
export const limitOf = (headers: Headers): LimitEvidence['limit'] => {
  const remaining = headers.get('x-ratelimit-remaining') ?? ''
  const resetInMs = waitOf(headers)
  return /^\d{1,6}$/.test(remaining) && resetInMs !== null ? { remaining: Number(remaining), resetInMs } : null
}

/** What a call tells of its limit; nothing where there was no answer. */
export const limitEvidence = (call: HttpEvidence): LimitEvidence =>
  call.kind === 'answer'
    ? { limit: limitOf(call.headers), throttled: call.status === 429 }
    : { limit: null, throttled: false }
