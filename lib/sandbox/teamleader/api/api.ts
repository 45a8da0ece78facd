import type { HttpBindings } from '@hono/node-server'
import { Hono, type HonoRequest } from 'hono'
import { isRecord } from '#lib/sandbox/control/script.ts'
import type { Switches } from '#lib/sandbox/control/switches.ts'
import { takeSlot } from '#lib/sandbox/rate-window.ts'
import { answer } from '#lib/sandbox/respond.ts'
import { type AccessToken, type Grant, type State, spendTime, switchesFor } from '#lib/sandbox/state.ts'
import { bookOf } from '../records/account-book.ts'
import { ApiRefusal, formatApiRefusal } from './api-error.ts'
import { readQuery } from './query.ts'
import { type ApiCall, type Query, reads, withoutIgnored } from './reads.ts'
import { webhookCalls } from './webhook-calls.ts'

const calls: Record<keyof typeof reads | keyof typeof webhookCalls, (asked: ApiCall) => unknown> = {
  ...reads,
  ...webhookCalls,
}

type ApiEndpoint = keyof typeof calls

/** The calls behind the bearer token; GET is tolerated, an unknown path never reaches the versioned API. */
export function api(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  for (const endpoint of Object.keys(calls) as ApiEndpoint[]) {
    app.on(['GET', 'POST'], `/${endpoint}`, (c) => {
      const [scheme, bearer] = c.req.header('authorization')?.split(' ') ?? []
      const token = scheme?.toLowerCase() === 'bearer' ? bearer : undefined
      const access = state.accessTokens.get(token ?? '')
      const [clientId, connection] = [access?.grant.client.clientId, access?.grant.connection]
      return answer(state, c, { endpoint, clientId, connection, token }, async () => {
        const switches = switchesFor(state, clientId)
        await spendTime(state, switches)
        const slot = takeSlot(rateLog(state, connection), switches.rate_limit, state.clock.now())
        const date = new Date(state.clock.now()).toUTCString()
        const headers = { 'x-api-version': '2023-09-26', date, ...slot.headers }
        try {
          if (slot.over) throw new ApiRefusal(429, 'Too Many Requests')
          const { user, client } = allow(state, access, endpoint, switches)
          const query = withoutIgnored(await readBody(c.req), switches.ignored)
          const book = bookOf(state, user.account.id)
          const data = calls[endpoint]({ state, clientId: client.clientId, user, book, switches, query })
          return data === undefined
            ? new Response(null, { status: 204, headers })
            : Response.json({ data }, { headers })
        } catch (refusal) {
          if (refusal instanceof ApiRefusal) return formatApiRefusal(refusal, headers)
          throw refusal
        }
      })
    })
  }
  return app
}

function allow(state: State, access: AccessToken | undefined, endpoint: ApiEndpoint, switches: Switches): Grant {
  if (!access || access.revoked || access.grant.revoked) throw new ApiRefusal(401, 'Access token is missing or invalid')
  if (state.clock.now() >= access.expiresAt) throw new ApiRefusal(401, 'Access token expired')
  const { client, user } = access.grant
  const [resource = ''] = endpoint.split('.')
  const forbidden = new ApiRefusal(403, `You do not have access to ${resource}`)
  if (endpoint === 'users.me') {
    if (switches.users_me_needs_scope && !client.scopes.includes('users')) throw forbidden
  } else if (switches.forbidden.includes(resource)) throw forbidden
  // no scope opens webhooks, as far as anybody knows: the user's permission alone
  else if ((resource !== 'webhooks' && !client.scopes.includes(resource)) || !user.permissions.includes(resource))
    throw forbidden
  return access.grant
}

/** Calls without a known token are nobody's: each sees a window of its own. */
function rateLog(state: State, connection: string | undefined): number[] {
  if (connection === undefined) return []
  const log = state.rateLog.get(connection) ?? []
  state.rateLog.set(connection, log)
  return log
}

async function readBody(request: HonoRequest): Promise<Query> {
  if (request.method === 'GET') return readQuery(new URL(request.url).searchParams)
  const text = await request.text()
  if (text === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    if (isRecord(body)) return body
  } catch {}
  throw new ApiRefusal(400, 'The request body is not a JSON object')
}
