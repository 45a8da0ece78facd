import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { State } from '../state.ts'
import { issueCode } from '../teamleader/oauth/grants.ts'
import { fingerprint } from '../teamleader/oauth/opaque-token.ts'
import { redirectBack } from '../teamleader/oauth/redirect.ts'
import { enrolTeoClient } from '../teo/registry.ts'
import { ControlFault, parseAuthorize, parseIntegration, parseTeo, parseV1 } from './control-request.ts'
import { changeWorld, type Reach } from './provider-changes.ts'
import { changeRecords } from './record-changes.ts'
import { actsAtOnce, faultInScript, isRecord, type Step } from './script.ts'
import { faultInSwitches } from './switches.ts'

/** The sandbox's control endpoints, which no real provider has. See README.md. */
export function controlPlane(state: State, resetAll: () => void): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.onError((error, c) => {
    if (error instanceof ControlFault || error instanceof SyntaxError) return c.json({ error: error.message }, 400)
    throw error
  })
  app.post('/__control', async (c) => c.json(command(state, await c.req.json())))
  app.get('/__journal', (c) => c.json(readJournal(state, c.req.query('client_id'))))
  app.post('/__reset', async (c) => {
    const text = await c.req.text()
    const { client_id }: { client_id?: string } = text === '' ? {} : JSON.parse(text)
    if (client_id === undefined) resetAll()
    else forgetClient(state, client_id)
    return c.json({ ok: true })
  })
  return app
}

const parts = ['integration', 'teo', 'v1', 'switches', 'clear', 'script', 'records', 'authorize']
const known = ['client_id', 'connection', ...parts]

function command(state: State, request: unknown): object {
  if (!isRecord(request)) throw new ControlFault('a control request is a JSON object')
  const stray = Object.keys(request).find((key) => !known.includes(key))
  if (stray !== undefined) throw new ControlFault(`unknown key "${stray}"`)
  const reach: Reach = { clientId: optionalText(request, 'client_id'), connection: optionalText(request, 'connection') }
  if (request.integration !== undefined) {
    const integration = parseIntegration(request.integration)
    state.integrations.set(integration.clientId, integration)
  }
  if (request.teo !== undefined) {
    enrolTeoClient(state, parseTeo(request.teo))
  }
  if (request.v1 !== undefined) {
    const keys = parseV1(state, request.v1)
    state.v1Keys.set(keys.group, keys)
  }
  if (request.switches !== undefined) turnSwitches(state, reach, request.switches)
  if (request.clear === true) state.scripts.delete(queueKey(reach))
  if (request.script !== undefined) queueScript(state, reach, request.script)
  const counts = request.records === undefined ? {} : { records: changeRecords(state, request.records) }
  if (request.authorize === undefined) return { ok: true, ...counts }
  const { client, user, redirectUri, clientState, challenge } = parseAuthorize(state, request.authorize)
  const code = issueCode(state, client, user, redirectUri, challenge)
  return { ok: true, ...counts, code, location: redirectBack(redirectUri, { code, state: clientState }) }
}

function optionalText(request: Record<string, unknown>, key: string): string | undefined {
  const value = request[key]
  if (value === undefined || typeof value === 'string') return value
  throw new ControlFault(`"${key}" is a text`)
}

function turnSwitches(state: State, { clientId = '*' }: Reach, switches: unknown): void {
  const fault = isRecord(switches) ? faultInSwitches(switches) : 'switches are an object'
  if (fault !== undefined) throw new ControlFault(fault)
  state.switches.set(clientId, { ...state.switches.get(clientId), ...(switches as object) })
}

const queueKey = ({ connection, clientId }: Reach): string => connection ?? clientId ?? '*'

function queueScript(state: State, reach: Reach, script: unknown): void {
  const fault = faultInScript(script)
  if (fault !== undefined) throw new ControlFault(fault)
  const steps = script as Step[]
  for (const step of steps.filter(actsAtOnce)) changeWorld(state, step, reach)
  const key = queueKey(reach)
  const waiting = steps.filter((step) => !actsAtOnce(step))
  state.scripts.set(key, [...(state.scripts.get(key) ?? []), ...waiting])
}

function readJournal({ journal, refreshTokens, clock, webhooks }: State, clientId: string | undefined): object {
  const wanted = (id: string | null): boolean => clientId === undefined || id === clientId
  const flights = [...journal.inFlight].filter(([id]) => wanted(id)).map(([, count]) => count)
  const live = [...refreshTokens].filter(
    ([, { grant, spentAt, expiresAt }]) =>
      wanted(grant.client.clientId) && spentAt === null && !grant.revoked && expiresAt >= clock.now(),
  )
  return {
    requests: journal.entries.filter(({ client_id }) => wanted(client_id)),
    token_requests_in_flight: flights.reduce((sum, { now }) => sum + now, 0),
    max_token_requests_in_flight: Math.max(0, ...flights.map(({ max }) => max)),
    live_refresh_tokens: live.map(([token, { grant }]) => ({
      connection: grant.connection,
      token: fingerprint(token),
    })),
    webhooks: webhooks
      .filter(({ clientId: id }) => wanted(id))
      .map(({ clientId: client_id, accountId: account, url, types, delivered, failed }) => {
        return { client_id, account, url, types, delivered, failed }
      }),
  }
}

function forgetClient(state: State, clientId: string): void {
  for (const map of [state.codes, state.accessTokens, state.refreshTokens]) {
    for (const [key, { grant }] of map) if (grant.client.clientId === clientId) map.delete(key)
  }
  for (const [token, access] of state.teo.accessTokens) {
    if (access.clientId === clientId) state.teo.accessTokens.delete(token)
  }
  for (const map of [state.scripts, state.switches, state.rateLog, state.journal.inFlight]) {
    for (const key of map.keys()) if (key.split(':')[0] === clientId) map.delete(key)
  }
  state.webhooks = state.webhooks.filter((webhook) => webhook.clientId !== clientId)
  state.journal.entries = state.journal.entries.filter(({ client_id }) => client_id !== clientId)
}
