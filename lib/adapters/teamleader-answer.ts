import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { parseObject } from '#lib/domain/tokens/token-response.ts'
import type { HttpEvidence } from './http.ts'

type Answer = Extract<HttpEvidence, { kind: 'answer' }>

export const objectOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null

/** The errors of RFC 6750 section 3.1, and what the probable server library says for `invalid_token`. */
const bearerErrors = new Set<unknown>(['invalid_token', 'insufficient_scope', 'invalid_request', 'access_denied'])

/** The status of a refusal by the API itself; null for any other answer, such as the page of a firewall in front of it. */
export const refusedBy = ({ status, body }: Answer): number | null => {
  if (status < 400 || status >= 500) return null
  const json = parseObject(body)
  const listed = Array.isArray(json?.errors) && objectOf(json.errors[0]) !== null
  return listed || bearerErrors.has(json?.error) ? status : null
}

const readFailures: Partial<Record<number, FailureCode>> = { 401: 'access_refused', 403: 'read_forbidden' }

export const readFailure = (call: HttpEvidence): FailureCode | null => {
  if (call.kind !== 'answer') return 'provider_unavailable'
  if (call.status === 429) return 'provider_throttled'
  if (call.status === 200) return Array.isArray(parseObject(call.body)?.data) ? null : 'read_failed'
  const refused = refusedBy(call)
  return refused === null ? 'provider_unavailable' : (readFailures[refused] ?? 'read_failed')
}
