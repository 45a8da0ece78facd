import type { HttpBindings } from '@hono/node-server'
import { Hono, type HonoRequest } from 'hono'
import { answer, type Turn } from '#lib/sandbox/respond.ts'
import { type State, switchesFor } from '#lib/sandbox/state.ts'
import type { Integration } from '../integration.ts'
import { exchangeCode, refreshPair, type TokenPair } from './grants.ts'
import { formatRefusal, OAuthRefusal } from './oauth-error.ts'
import { fingerprint } from './opaque-token.ts'

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' }

/** `POST /oauth2/access_token`, the only way to tokens; credentials count in the body alone. @see RFC 6749 §3.2 */
export function tokenEndpoint(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.post('/oauth2/access_token', async (c) => {
    const params = await readParams(c.req)
    const token = params.refresh_token ?? params.code
    const presented = {
      endpoint: 'token' as const,
      clientId: params.client_id,
      connection: token === undefined ? undefined : connectionBehind(state, token),
      token,
      grantType: params.grant_type,
    }
    return answer(state, c, presented, (turn) => {
      try {
        const pair = respond(state, params, turn)
        note(turn, pair, params.refresh_token)
        return Response.json(pair, { headers: noStore })
      } catch (refusal) {
        if (!(refusal instanceof OAuthRefusal)) throw refusal
        const { status, error, body } = formatRefusal(refusal, switchesFor(state, params.client_id))
        turn.entry.error = error
        const challenged = status === 401 && c.req.header('authorization') !== undefined
        const challenge = challenged ? { 'www-authenticate': 'Basic realm="OAuth"' } : {}
        return Response.json(body, { status, headers: { ...noStore, ...challenge } })
      }
    })
  })
  app.all('/oauth2/access_token', (c) => c.text('Method Not Allowed', 405, { allow: 'POST' }))
  return app
}

/** The grant type first, then the client, then the grant: nothing is checked for a caller who is nobody. */
function respond(state: State, params: Record<string, string>, { step }: Turn): TokenPair {
  switch (params.grant_type) {
    case 'authorization_code':
      return exchangeCode(state, authenticate(state, params), params)
    case 'refresh_token':
      return refreshPair(state, authenticate(state, params), params, step.no_rotation ?? false)
    default:
      throw new OAuthRefusal('grantTypeUnsupported')
  }
}

function authenticate(state: State, { client_id, client_secret }: Record<string, string>): Integration {
  if (!client_id) throw new OAuthRefusal('parameterMissing', 'client_id')
  const client = state.integrations.get(client_id)
  if (!client || client.clientSecret !== client_secret) throw new OAuthRefusal('clientUnknown')
  return client
}

function note({ entry }: Turn, pair: TokenPair, spent: string | undefined): void {
  entry.committed = true
  entry.issued = {
    access_token: fingerprint(pair.access_token),
    refresh_token: fingerprint(pair.refresh_token),
    rotated: spent !== undefined && spent !== pair.refresh_token,
  }
}

const connectionBehind = (state: State, token: string): string | undefined =>
  (state.refreshTokens.get(token) ?? state.codes.get(token))?.grant.connection

/** Form, multipart or JSON; what cannot be read counts as nothing sent. */
async function readParams(request: HonoRequest): Promise<Record<string, string>> {
  const isJson = request.header('content-type')?.includes('json') ?? false
  const body: unknown = await (isJson ? request.json() : request.parseBody()).catch(() => ({}))
  return Object.fromEntries(
    Object.entries(body ?? {}).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}
