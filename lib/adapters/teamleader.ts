import { allowInsecureRequests, buildAuthorizationUrl, ClientSecretPost, Configuration } from 'openid-client'
import type { Identity } from '#lib/domain/account.ts'
import { checkClientId, checkClientSecret } from '#lib/domain/client-credentials.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { ConsentProvider } from '#lib/ports/provider-api.ts'
import { callProvider } from './http.ts'
import { requestToken } from './token-endpoint.ts'

/** The version of the API whose shapes are read here (Teamleader API documentation, « Versioning »). */
const apiVersion = '2023-09-26'

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '')

/** `users.me` gives no account name, only its id; the person who authorized stands for it. */
const readIdentity = (body: string): Identity => {
  try {
    const { data } = JSON.parse(body) as { data?: Record<string, unknown> }
    const id = text((data?.account as { id?: unknown } | undefined)?.id)
    if (!data || id === '') return { kind: 'passing' }
    const name = [text(data.first_name), text(data.last_name)].filter(Boolean).join(' ')
    const email = text(data.email)
    return { kind: 'read', account: { id, name: name || email, email } }
  } catch {
    return { kind: 'passing' }
  }
}

const readFailures: Partial<Record<number, FailureCode>> = {
  401: 'access_refused',
  403: 'read_forbidden',
  429: 'provider_throttled',
}

/**
 * Teamleader Focus, API V2: authorization code grant with the client's secret in the body, no scope, no PKCE.
 *
 * @see https://developer.focus.teamleader.eu/docs/api/authentication
 */
export const teamleader = ({ oauthUrl, apiUrl }: { oauthUrl: string; apiUrl: string }): ConsentProvider => {
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
    settings: { identifier: checkClientId, secret: checkClientSecret, target: null },
    apiVersion: 'V2',
    reads: ['companies', 'contacts', 'departments'],
    supersedes: 'teamleader-v1',
    authorizeUrl: ({ clientIdentifier, redirectUri, state }) => {
      const config = new Configuration(server, clientIdentifier)
      if (oauthUrl.startsWith('http:')) allowInsecureRequests(config)
      return buildAuthorizationUrl(config, { redirect_uri: redirectUri, state }).href
    },
    exchange: ({ clientIdentifier, clientSecret, code, redirectUri }) =>
      requestToken({
        server,
        clientIdentifier,
        authentication: ClientSecretPost(clientSecret),
        type: 'authorization_code',
        parameters: { code, redirect_uri: redirectUri },
      }),
    renew: ({ clientIdentifier, clientSecret, refreshToken }) =>
      requestToken({
        server,
        clientIdentifier,
        authentication: ClientSecretPost(clientSecret),
        type: 'refresh_token',
        parameters: { refresh_token: refreshToken },
      }),
    // an hour, refreshed two minutes ahead
    rhythm: { marginMs: 120_000, ahead: true },
    testRead: async (read, accessToken, deadlineMs) => {
      const call = await post(`${read}.list`, accessToken, deadlineMs, { page: { size: 1, number: 1 } })
      if (call.kind !== 'answer') return 'provider_unavailable'
      return readFailures[call.status] ?? (call.status === 200 ? null : 'read_failed')
    },
    identify: async (accessToken, deadlineMs) => {
      const call = await post('users.me', accessToken, deadlineMs)
      if (call.kind !== 'answer') return { kind: 'passing' }
      if (call.status === 200) return readIdentity(call.body)
      if (call.status === 401) return { kind: 'token_refused' }
      return call.status === 403 || call.status === 404 ? { kind: 'refused' } : { kind: 'passing' }
    },
  }
}
