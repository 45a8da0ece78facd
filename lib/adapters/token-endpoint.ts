import {
  allowInsecureRequests,
  type ClientAuth,
  Configuration,
  customFetch,
  genericGrantRequest,
  type ServerMetadata,
} from 'openid-client'
import { retryAfterMs } from '#lib/domain/tokens/retry-after.ts'
import type { TokenEvidence } from '#lib/domain/tokens/token-response.ts'
import type { TokenReply } from '#lib/ports/connections.ts'
import { callProvider, type HttpEvidence } from './http.ts'

const capBytes = 64 * 1024

/**
 * How long an answer is read. It may hold the only valid tokens of a grant, so hanging up is the last resort; the client's
 * own credentials can be sent again at any time, and an exchange is over after a minute (`exchangeLimitMs`).
 */
const deadlinesMs = { refresh_token: 5 * 60_000, authorization_code: 55_000, client_credentials: 20_000 }

export interface Grant {
  server: ServerMetadata
  clientId: string
  authentication: ClientAuth
  type: 'authorization_code' | 'refresh_token' | 'client_credentials'
  parameters: Record<string, string>
}

const evidenceOf = (call: HttpEvidence | undefined, error: unknown, scope: string | null): TokenEvidence => {
  if (call?.kind === 'answer') {
    const { status, body, headers } = call
    const asked = { retryAfter: headers.get('retry-after'), reset: headers.get('x-ratelimit-reset') }
    return { kind: 'answer', status, body, retryAfterMs: retryAfterMs(asked, new Date()), scope }
  }
  if (call) return call
  // the library refused to send: a bug or a setting of ours, not an answer
  throw error
}

/**
 * Requests a token and tells what was seen. The library forms the request and authenticates the client; the answer is
 * kept raw, since the library refuses a 200 with an odd `expires_in` whose tokens are nevertheless the only valid ones.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.2
 */
export const requestToken = async ({
  server,
  clientId,
  authentication,
  type,
  parameters,
}: Grant): Promise<TokenReply> => {
  const config = new Configuration(server, clientId, undefined, authentication)
  if (server.token_endpoint?.startsWith('http:')) allowInsecureRequests(config)
  let call: HttpEvidence | undefined
  config[customFetch] = async (url, options) => {
    call = await callProvider(
      url,
      { ...options, body: String(options.body) },
      { deadlineMs: deadlinesMs[type], capBytes },
    )
    if (call.kind !== 'answer') throw new TypeError(call.detail)
    return new Response(call.status === 204 || call.status === 304 ? null : call.body, {
      status: call.status,
      headers: call.headers,
    })
  }
  let refused: unknown
  try {
    await genericGrantRequest(config, type, parameters)
  } catch (error) {
    refused = error
  }
  const evidence = evidenceOf(call, refused, parameters.scope ?? null)
  return { ...evidence, ageMs: call?.kind === 'answer' ? call.ageMs : 0 }
}
