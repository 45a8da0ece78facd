import type { ClientAuth } from 'openid-client'
import { checkText } from '#lib/domain/connections/client-credentials.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { parseObject } from '#lib/domain/tokens/token-response.ts'
import type { ClientCredentialsProvider } from '#lib/ports/connections.ts'
import { callProvider, type HttpEvidence } from './http.ts'
import { limitEvidence } from './seen-limit.ts'
import { requestToken } from './token-endpoint.ts'

/** `Basic base64(id:secret)` as téo's example has it, not percent-encoded as RFC 6749 section 2.3.1 would have it. */
const rawBasic =
  (clientSecret: string): ClientAuth =>
  (_, { client_id }, __, headers) => {
    headers.set('authorization', `Basic ${Buffer.from(`${client_id}:${clientSecret}`).toString('base64')}`)
  }

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
const readFailure = (call: HttpEvidence): FailureCode | null => {
  if (call.kind !== 'answer') return 'provider_unavailable'
  const { status, body } = call
  if (status === 429) return 'provider_throttled'
  if (status === 200) return parseObject(body) ? null : 'read_failed'
  const sentence = status >= 400 && status < 500 ? refusalOf(status, body) : null
  if (sentence === null) return 'provider_unavailable'
  if (status === 401) return /expired/i.test(sentence) ? 'read_expired' : 'access_refused'
  return failures[status] ?? 'read_failed'
}

/** A client identifier that stands before a colon can hold none. */
const checkIdentifier = (typed: string) =>
  checkText(typed.replaceAll(':', '\n'), { missing: 'client_id_missing', malformed: 'client_id_malformed' })

/**
 * téo: client credentials grant, ten minutes a token, one instance (`target-entity`) a grant.
 *
 * @see https://dev.teoapp.fr/docs/authentification
 */
export const teo = ({ authUrl, apiUrl }: { authUrl: string; apiUrl: string }): ClientCredentialsProvider => ({
  grant: 'client_credentials',
  settings: {
    identifier: checkIdentifier,
    secret: (typed, stored) =>
      checkText(typed, { missing: stored ? null : 'client_secret_missing', malformed: 'client_secret_malformed' }),
    target: (typed) => checkText(typed, { missing: 'target_missing', malformed: 'target_malformed' }),
  },
  apiVersion: 'production',
  reads: ['dossiers'],
  supersedes: null,
  // the documentation asks for one token until a minute before its end
  refreshPolicy: { marginMs: 60_000, ahead: false },
  webhooks: null,
  // no figure is published
  callsPerMinute: 60,
  refresh: ({ clientId, clientSecret, target }) =>
    requestToken({
      server: { issuer: authUrl, token_endpoint: `${authUrl}/oauth2/token` },
      clientId,
      authentication: rawBasic(clientSecret),
      type: 'client_credentials',
      parameters: { scope: `target-entity:${target}` },
    }),
  testRead: async (read, accessToken, deadlineMs) => {
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/ld+json' }
    const call = await callProvider(`${apiUrl}/${read}`, { headers }, { deadlineMs, capBytes: 8 * 1024 * 1024 })
    return { failure: readFailure(call), ...limitEvidence(call) }
  },
})
