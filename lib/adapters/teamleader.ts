import {
  allowInsecureRequests,
  buildAuthorizationUrl,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
} from 'openid-client'
import type { Identity } from '#lib/domain/connections/account.ts'
import { checkClientId, checkClientSecret } from '#lib/domain/connections/client-credentials.ts'
import type { SharedClient } from '#lib/domain/connections/operator-client.ts'
import { isLoopbackHost } from '#lib/domain/operations/loopback.ts'
import { parseObject } from '#lib/domain/tokens/token-response.ts'
import type { ConsentProvider } from '#lib/ports/connections.ts'
import { callProvider, type HttpEvidence } from './http.ts'
import { teamleaderLists } from './lists/teamleader-lists.ts'
import { countedPath } from './provider-calls/counted-path.ts'
import { forwardCall } from './provider-calls/forward-call.ts'
import { limitEvidence } from './provider-calls/seen-limit.ts'
import { teamleaderWebhooks } from './provider-calls/teamleader-webhooks.ts'
import { objectOf, readFailure, refusedBy } from './teamleader-answer.ts'
import { requestToken } from './token-endpoint.ts'

/** The version of the API whose shapes are read here (Teamleader API documentation, « Versioning »). */
const apiVersion = '2023-09-26'

/** What back ends of Pro+ are likely to call, of the many operations there are. */
const counted = [
  ...['companies', 'contacts'].flatMap((kind) =>
    ['list', 'info', 'add', 'update', 'delete'].map((verb) => `${kind}.${verb}`),
  ),
  ...['contacts.linkToCompany', 'contacts.unlinkFromCompany', 'departments.list', 'departments.info'],
  ...['users.list', 'users.info', 'users.me', 'deals.list', 'deals.info', 'invoices.list', 'invoices.info'],
]

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '')

/** `users.me` gives no account name, only its id; the person who authorized stands for it. */
const readIdentity = (body: string): Identity => {
  const data = objectOf(parseObject(body)?.data)
  const id = text(objectOf(data?.account)?.id)
  if (!data || id === '') return { kind: 'passing' }
  const name = [text(data.first_name), text(data.last_name)].filter(Boolean).join(' ')
  const email = text(data.email)
  return { kind: 'read', account: { id, name: name || email, email } }
}

const identityOf = (call: HttpEvidence): Identity => {
  if (call.kind !== 'answer') return { kind: 'passing' }
  if (call.status === 200) return readIdentity(call.body)
  const refused = refusedBy(call)
  if (refused === 401) return { kind: 'token_refused' }
  return refused === 403 || refused === 404 ? { kind: 'refused' } : { kind: 'passing' }
}

/**
 * Teamleader Focus, API V2: authorization code grant with the client's secret in the body, no scope, no PKCE unless asked.
 *
 * @see https://developer.focus.teamleader.eu/docs/api/authentication
 */
export const teamleader = ({
  oauthUrl,
  apiUrl,
  sharedClients,
}: {
  oauthUrl: string
  apiUrl: string
  sharedClients: readonly SharedClient[]
}): ConsentProvider => {
  const server = {
    issuer: oauthUrl,
    authorization_endpoint: `${oauthUrl}/oauth2/authorize`,
    token_endpoint: `${oauthUrl}/oauth2/access_token`,
  }
  const post = (resource: string, accessToken: string, deadlineMs: number, body: object = {}) =>
    callProvider(
      `${apiUrl}/${resource}`,
      {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          authorization: `Bearer ${accessToken}`,
          accept: 'application/json',
          'content-type': 'application/json',
          'x-api-version': apiVersion,
        },
      },
      { deadlineMs, capBytes: 8 * 1024 * 1024 },
    )
  return {
    grant: 'authorization_code',
    sharedClients,
    settings: { identifier: checkClientId, secret: checkClientSecret, target: null },
    apiVersion: 'V2',
    reads: ['companies', 'contacts', 'departments'],
    supersedes: 'teamleader-v1',
    // neither is documented, and the probable server library refuses a verifier that it does not expect
    pkce: false,
    issuer: null,
    authorizeUrl: async ({ clientId, redirectUri, state, codeVerifier }) => {
      const config = new Configuration(server, clientId)
      if (oauthUrl.startsWith('http:')) allowInsecureRequests(config)
      const challenge = codeVerifier && {
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      }
      return buildAuthorizationUrl(config, { redirect_uri: redirectUri, state, ...challenge }).href
    },
    exchange: ({ clientIdentifier: clientId, clientSecret, code, redirectUri, codeVerifier }) =>
      requestToken({
        server,
        clientId,
        authentication: ClientSecretPost(clientSecret),
        type: 'authorization_code',
        parameters: { code, redirect_uri: redirectUri, ...(codeVerifier && { code_verifier: codeVerifier }) },
      }),
    refresh: ({ clientId, clientSecret, refreshToken }) =>
      requestToken({
        server,
        clientId,
        authentication: ClientSecretPost(clientSecret),
        type: 'refresh_token',
        parameters: { refresh_token: refreshToken },
      }),
    // an hour, refreshed two minutes ahead
    refreshPolicy: { marginMs: 120_000, ahead: true },
    // @see https://developer.focus.teamleader.eu/docs/api/rate-limiting
    callsPerMinute: 200,
    testRead: async (read, accessToken, deadlineMs) => {
      const call = await post(`${read}.list`, accessToken, deadlineMs, { page: { size: 1, number: 1 } })
      return { failure: readFailure(call), ...limitEvidence(call) }
    },
    // resource.action, as in companies.list
    allowsPath: (path) => /^[A-Za-z0-9]+\.[A-Za-z0-9]+$/.test(path),
    operationOf: countedPath(counted),
    forward: forwardCall(apiUrl),
    readList: teamleaderLists(post),
    identify: async (accessToken, deadlineMs) => {
      const call = await post('users.me', accessToken, deadlineMs)
      return { identity: identityOf(call), ...limitEvidence(call) }
    },
    webhooks: teamleaderWebhooks(post, isLoopbackHost(new URL(apiUrl).hostname.replace(/^\[|\]$/g, ''))),
  }
}
