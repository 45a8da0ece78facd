import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { parseObject } from '#lib/domain/tokens/token-response.ts'
import type { HttpEvidence } from './http.ts'

/** What a 401 says of the token, without a message of API Platform around it. */
const aboutToken = /authorization header|token|signature/i

/**
 * The sentence of a refusal by téo itself: API Platform's error, with its prefix or without (RFC 9457), or the message of a
 * refused token. Null for any other body, such as the page of a firewall in front of it.
 */
const refusalOf = (status: number, body: string): string | null => {
  const json = parseObject(body)
  if (!json) return null
  const text = [json['hydra:description'], json.detail, json.description, json.message].find(
    (value) => typeof value === 'string',
  )
  const sentence = typeof text === 'string' ? text : ''
  const platform = [json['hydra:description'], json['hydra:title'], json['@type'], json.detail].some(
    (value) => typeof value === 'string',
  )
  return platform || (status === 401 && aboutToken.test(sentence)) ? sentence : null
}

const failures: Partial<Record<number, FailureCode>> = { 403: 'read_forbidden', 404: 'target_unknown' }

/** @see https://dev.teoapp.fr/docs/erreurs */
export const readFailure = (call: HttpEvidence): FailureCode | null => {
  if (call.kind !== 'answer') return 'provider_unavailable'
  const { status, body } = call
  if (status === 429) return 'provider_throttled'
  if (status === 200) return parseObject(body) ? null : 'read_failed'
  const sentence = status >= 400 && status < 500 ? refusalOf(status, body) : null
  if (sentence === null) return 'provider_unavailable'
  if (status === 401) return /expired/i.test(sentence) ? 'read_expired' : 'access_refused'
  return failures[status] ?? 'read_failed'
}
