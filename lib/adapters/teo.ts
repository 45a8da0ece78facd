import type { ClientAuth } from 'openid-client'
import { checkText } from '#lib/domain/client-credentials.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { ClientCredentialsProvider } from '#lib/ports/provider-api.ts'
import { callProvider, type HttpEvidence } from './http.ts'
import { requestToken } from './token-endpoint.ts'

/** `Basic base64(id:secret)` as téo's example has it, not percent-encoded as RFC 6749 section 2.3.1 would have it. */
const rawBasic =
  (clientSecret: string): ClientAuth =>
  (_, { client_id }, __, headers) => {
    headers.set('authorization', `Basic ${Buffer.from(`${client_id}:${clientSecret}`).toString('base64')}`)
  }

/** The sentence of an API Platform error; empty when there is none. */
const described = (body: string): string => {
  try {
    const json = JSON.parse(body) as Record<string, unknown>
    const text = json['hydra:description'] ?? json.message
    return typeof text === 'string' ? text : ''
  } catch {
    return ''
  }
}

const failures: Partial<Record<number, FailureCode>> = {
  403: 'read_forbidden',
  404: 'target_unknown',
  429: 'provider_throttled',
}

/** @see https://dev.teoapp.fr/docs/erreurs */
const readFailure = (call: HttpEvidence): FailureCode | null => {
  if (call.kind !== 'answer' || call.status >= 500) return 'provider_unavailable'
  if (call.status === 401) return /expired/i.test(described(call.body)) ? 'read_expired' : 'access_refused'
  if (call.status !== 200) return failures[call.status] ?? 'read_failed'
  return call.body.trimStart().startsWith('{') ? null : 'read_failed'
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
  rhythm: { marginMs: 60_000, ahead: false },
  renew: ({ clientIdentifier, clientSecret, target }) =>
    requestToken({
      server: { issuer: authUrl, token_endpoint: `${authUrl}/oauth2/token` },
      clientIdentifier,
      authentication: rawBasic(clientSecret),
      type: 'client_credentials',
      parameters: { scope: `target-entity:${target}` },
    }),
  testRead: async (read, accessToken, deadlineMs) => {
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/ld+json' }
    return readFailure(await callProvider(`${apiUrl}/${read}`, { headers }, { deadlineMs, capBytes: 8 * 1024 * 1024 }))
  },
})
