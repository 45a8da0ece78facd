import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { answer, type Turn } from '../respond.ts'
import { type State, switchesFor } from '../state.ts'
import { fingerprint, mintTeoToken } from '../teamleader/oauth/opaque-token.ts'
import { teoConnection } from './registry.ts'
import type { TeoClient } from './seeds.ts'
import { formatTokenRefusal, TokenRefusal } from './token-error.ts'

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' }
const scopePrefix = 'target-entity:'

type Presented = { id: string; secret: string } | undefined

/** `POST /oauth2/token`: client credentials in a Basic header, one instance a token. @see RFC 6749 §4.4 */
export function teoTokenEndpoint(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.post('/oauth2/token', async (c) => {
    const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    const params = new URLSearchParams(isForm ? await c.req.text() : '')
    const credentials = readBasic(c.req.header('authorization'))
    const teoId = targetOf(params)
    const known = credentials && teoId !== undefined
    const presented = {
      endpoint: 'teo.token' as const,
      clientId: credentials?.id,
      connection: known ? teoConnection(credentials.id, teoId) : undefined,
      token: undefined,
      grantType: params.get('grant_type') ?? undefined,
    }
    return answer(state, c, presented, (turn) => {
      try {
        return Response.json(issue(state, allow(state, credentials, params), teoId, turn), { headers: noStore })
      } catch (refusal) {
        if (!(refusal instanceof TokenRefusal)) throw refusal
        turn.entry.error = refusal.error
        return formatTokenRefusal(refusal, noStore)
      }
    })
  })
  app.all('/oauth2/token', (c) => c.text('Method Not Allowed', 405, { allow: 'POST' }))
  return app
}

/** The form first, then the client, then what it asks for. */
function allow(state: State, credentials: Presented, params: URLSearchParams): TeoClient {
  const grantType = params.get('grant_type')
  if (!grantType) throw new TokenRefusal('invalid_request')
  const client = state.teo.clients.get(credentials?.id ?? '')
  if (!client || client.clientSecret !== credentials?.secret) throw new TokenRefusal('invalid_client')
  if (grantType !== 'client_credentials') throw new TokenRefusal('unsupported_grant_type')
  const teoId = targetOf(params)
  if (teoId === undefined || !client.teoIds.includes(teoId)) throw new TokenRefusal('invalid_scope')
  return client
}

/** An older token lives on beside the new one; there is nothing to refresh. */
function issue(state: State, { clientId }: TeoClient, teoId = '', { entry }: Turn): object {
  const { teo_access_ttl_s } = switchesFor(state, clientId)
  const now = state.clock.now()
  const scope = `${scopePrefix}${teoId}`
  const expiresAt = now + teo_access_ttl_s * 1000
  const token = mintTeoToken(clientId, scope, now, expiresAt)
  state.teo.accessTokens.set(token, { clientId, teoId, expiresAt, revoked: false })
  entry.committed = true
  entry.issued = { access_token: fingerprint(token), refresh_token: null, rotated: false }
  return { access_token: token, expires_in: teo_access_ttl_s, scope, token_type: 'Bearer' }
}

/** One scope, once; a list of them is none. */
function targetOf(params: URLSearchParams): string | undefined {
  const [scope, ...more] = params.getAll('scope')
  if (!scope?.startsWith(scopePrefix) || more.length > 0) return undefined
  return scope.slice(scopePrefix.length)
}

/** `base64(id:secret)` as it stands: percent-encoded credentials are other credentials. */
function readBasic(header: string | undefined): Presented {
  const [, encoded] = /^basic +(\S+)$/i.exec(header ?? '') ?? []
  const text = Buffer.from(encoded ?? '', 'base64').toString()
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) }
}
