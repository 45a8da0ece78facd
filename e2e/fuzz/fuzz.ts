import { Agent, request } from 'node:http'
import fc from 'fast-check'
import type { AppServer } from '../harness/app-server.ts'
import { newCustomer, sessionCookieOf } from '../harness/customer.ts'
import { endpointsOf, type HostileRequest, hostileRequests } from './hostile-requests.ts'
import { isOurs } from './log-line.ts'

const inFlight = 16
const perBatch = 500
const slowestShown = 10
const silenceMs = 30_000
const slowMs = 1_000
const mostLate = 200

interface Answered {
  asked: HostileRequest
  /** Null when the connection ended without an answer. */
  status: number | null
  ms: number
}

export interface FuzzReport {
  statuses: Record<string, number>
  /** Answered 500 or worse, or not at all, as a request to send again. */
  faults: string[]
  /** Lines of the log that are not JSON of ours. */
  strayLines: string[]
  slowest: string[]
  /** Over a second, asked again alone. */
  slow: string[]
  /** Pages, routes, actions and operations that no request was for. */
  unasked: string[]
}

export interface Progress {
  done: number
  perSecond: number
  faults: number
}

const send = (asked: HostileRequest, origin: string, session: string, agent: Agent): Promise<Answered> => {
  const began = performance.now()
  const { hostname, port } = new URL(origin)
  const cookie = [...(asked.signedIn ? [session] : []), asked.headers.cookie].filter(Boolean).join('; ')
  const headers = { ...asked.headers, host: `${hostname}:${port}`, cookie }
  return new Promise((resolve) => {
    const end = (status: number | null) => resolve({ asked, status, ms: performance.now() - began })
    const outgoing = request({ agent, port, method: asked.method, path: asked.target, headers, timeout: silenceMs })
    outgoing.on('response', (response) => {
      response.resume().on('close', () => end(response.statusCode ?? null))
    })
    outgoing.on('timeout', () => outgoing.destroy()).on('error', () => end(null))
    outgoing.end(asked.body ?? undefined)
  })
}

const nameOf = ({ asked: { to, method, target }, status }: Answered) =>
  `${status ?? 'no answer'} ${to} ${method} ${target.slice(0, 120)}`

const slownessOf = (answered: Answered) => `${answered.ms.toFixed(0).padStart(6)} ms ${nameOf(answered)}`

/** What the API says that it answers, and what it answers beside. */
const operationsOf = async (server: AppServer): Promise<string[]> => {
  const { paths } = (await (await fetch(`${server.apiUrl}/api/openapi.json`)).json()) as { paths: object }
  return [...Object.keys(paths), '/api/openapi.json', '/metrics']
}

/** Beyond its limits everything would be refused alike, and be made to wait. */
const forgetAttempts = (server: AppServer) =>
  server.inDatabase(async ({ q, tables: { throttleLog } }) => {
    await q.delete(throttleLog)
  })

/**
 * Sends generated requests, the same ones for the same seed, to the built app.
 *
 * @param tell told after each batch
 */
export const fuzz = async (
  server: AppServer,
  count: number,
  seed: number,
  tell: (progress: Progress) => void = () => {},
): Promise<FuzzReport> => {
  const customer = await newCustomer(server)
  const operations = await operationsOf(server)
  const arbitrary = hostileRequests(server.url, operations)
  const unasked = new Set(endpointsOf(operations))
  const began = performance.now()
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight })
  const report: FuzzReport = { statuses: {}, faults: [], strayLines: [], slowest: [], slow: [], unasked: [] }
  let slowest: Answered[] = []
  const late: HostileRequest[] = []

  const note = (answered: Answered) => {
    const { status, asked, ms } = answered
    if (asked.endpoint !== null) unasked.delete(asked.endpoint)
    if (ms > slowMs && late.length < mostLate) late.push(asked)
    report.statuses[String(status)] = (report.statuses[String(status)] ?? 0) + 1
    // 503 is what a page that is fetched ahead is answered
    if (status === null || (status >= 500 && status !== 503))
      report.faults.push(`${nameOf(answered)} ${JSON.stringify(asked)}`)
    slowest = [...slowest, answered].sort((a, b) => b.ms - a.ms).slice(0, slowestShown)
  }

  let session = ''
  const ask = (asked: HostileRequest) =>
    send(asked, asked.to === 'web' ? server.plainUrl : server.apiUrl, session, agent)

  for (let done = 0; done < count; done += perBatch) {
    await forgetAttempts(server)
    const { name, value } = await sessionCookieOf(server, customer)
    session = `${name}=${value}`
    const queue = fc.sample(arbitrary, { numRuns: Math.min(perBatch, count - done), seed: seed + done })
    const work = async () => {
      for (let asked = queue.pop(); asked; asked = queue.pop()) note(await ask(asked))
    }
    await Promise.all(Array.from({ length: inFlight }, work))
    // the oldest and the newest line may be there in part
    report.strayLines.push(
      ...server
        .output()
        .split('\n')
        .slice(1, -1)
        .filter((line) => line && !isOurs(line)),
    )
    const sent = Math.min(count, done + perBatch)
    tell({ done: sent, perSecond: sent / ((performance.now() - began) / 1000), faults: report.faults.length })
  }
  for (const asked of late) {
    const again = await ask(asked)
    if (again.ms > slowMs) report.slow.push(slownessOf(again))
  }
  agent.destroy()
  report.unasked = [...unasked]
  report.slowest = slowest.map(slownessOf)
  return report
}
