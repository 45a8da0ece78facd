import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { changeWorld } from './control/provider-changes.ts'
import { type Endpoint, type Step, takeStep } from './control/script.ts'
import { amend, drip, replacement } from './control/scripted-response.ts'
import { countInFlight, type JournalEntry } from './request-journal.ts'
import type { State } from './state.ts'
import { fingerprint } from './teamleader/oauth/opaque-token.ts'

export type Presented = {
  endpoint: Endpoint
  clientId: string | undefined
  connection: string | undefined
  token: string | undefined
  grantType?: string | undefined
}
export type Turn = { entry: JournalEntry; step: Step }
export type SandboxContext = Context<{ Bindings: HttpBindings }>

/** The one way a scripted endpoint answers: journal, next step, the provider's own work, delivery. */
export async function answer(
  state: State,
  c: SandboxContext,
  presented: Presented,
  work: (turn: Turn) => Response | Promise<Response>,
): Promise<Response> {
  const step = nextStep(state, presented)
  const entry = openEntry(state, c, presented, step)
  if (step.reset_before) return cut(c, 'reset')
  await pause(step.delay_before)
  changeWorld(state, step, presented)
  const scripted = replacement(step)
  const committing = commits(step) || !scripted
  const own = committing ? await work({ entry, step }) : undefined
  await pause(step.delay_after)
  if (step.commit_then_drop) return cut(c, 'close')
  const response = await amend(scripted ?? own ?? new Response(null), step)
  entry.status = response.status
  return step.drip === undefined ? response : drip(response, step.drip)
}

const commits = (step: Step): boolean =>
  [step.commit, step.commit_then_drop, step.commit_then_500, step.commit_then_html].some((verb) => verb === true)

function nextStep(state: State, { connection, clientId, endpoint }: Presented): Step {
  for (const key of [connection, clientId, '*']) {
    const step = key === undefined ? undefined : takeStep(state.scripts.get(key) ?? [], endpoint)
    if (step) return step
  }
  return {}
}

function openEntry(state: State, c: SandboxContext, presented: Presented, step: Step): JournalEntry {
  const { clientId = null, connection = null, grantType = null, token, endpoint } = presented
  const entry: JournalEntry = {
    at: new Date(state.clock.now()).toISOString(),
    method: c.req.method,
    path: c.req.path,
    host: c.req.header('host') ?? null,
    endpoint,
    client_id: clientId,
    connection,
    grant_type: grantType,
    token: token === undefined ? null : fingerprint(token),
    committed: false,
    issued: null,
    error: null,
    scripted: Object.keys(step).filter((verb) => verb !== 'on' && verb !== 'times'),
    status: null,
    delivered: null,
  }
  state.journal.entries.push(entry)
  const mints = endpoint === 'token' || endpoint === 'teo.token'
  const leave = mints && clientId !== null ? countInFlight(state.journal, clientId) : () => {}
  const finish = (delivered: boolean) => () => {
    if (entry.delivered !== null) return
    entry.delivered = delivered
    leave()
  }
  c.env.outgoing.once('finish', finish(true)).once('close', finish(false))
  return entry
}

function cut(c: SandboxContext, how: 'reset' | 'close'): Response {
  const { socket } = c.env.incoming
  if (how === 'reset') socket.resetAndDestroy()
  else socket.destroy()
  return RESPONSE_ALREADY_SENT
}

const pause = async (ms = 0): Promise<void> => {
  if (ms > 0) await sleep(ms, undefined, { ref: false })
}
