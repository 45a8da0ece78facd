import type { ClientAuth } from 'openid-client'
import { checkText } from '#lib/domain/connections/client-credentials.ts'
import type { ClientCredentialsProvider } from '#lib/ports/connections.ts'
import { callProvider } from './http.ts'
import { teoLists } from './lists/teo-lists.ts'
import { countedPath } from './provider-calls/counted-path.ts'
import { forwardCall } from './provider-calls/forward-call.ts'
import { limitEvidence } from './provider-calls/seen-limit.ts'
import { readFailure } from './teo-answer.ts'
import { requestToken } from './token-endpoint.ts'

/** `Basic base64(id:secret)` as téo's example has it, not percent-encoded as RFC 6749 section 2.3.1 would have it. */
const rawBasic =
  (clientSecret: string): ClientAuth =>
  (_, { client_id }, __, headers) => {
    headers.set('authorization', `Basic ${Buffer.from(`${client_id}:${clientSecret}`).toString('base64')}`)
  }

/** A client identifier that stands before a colon can hold none. */
const checkIdentifier = (typed: string) =>
  checkText(typed.replaceAll(':', '\n'), { missing: 'client_id_missing', malformed: 'client_id_malformed' })

const get = (apiUrl: string, path: string, accessToken: string, deadlineMs: number) =>
  callProvider(
    `${apiUrl}${path}`,
    { headers: { authorization: `Bearer ${accessToken}`, accept: 'application/ld+json' } },
    { deadlineMs, capBytes: 8 * 1024 * 1024 },
  )

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
    const call = await get(apiUrl, `/${read}`, accessToken, deadlineMs)
    return { failure: readFailure(call), ...limitEvidence(call) }
  },
  allowsPath: (path) => /^[\w-]+(\/[\w-]+)*$/.test(path),
  operationOf: countedPath(['dossiers', 'dossiers/{id}']),
  forward: forwardCall(apiUrl),
  readList: teoLists((path, ...rest) => get(apiUrl, path, ...rest)),
})
