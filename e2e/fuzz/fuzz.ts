import { Agent, request } from 'node:http'
import fc from 'fast-check'
import type { AppServer } from '../harness/app-server.ts'
import { newCustomer, sessionCookieOf } from '../harness/customer.ts'
import { type HostileRequest, hostileRequests } from './hostile-requests.ts'

const inFlight = 16
const perBatch = 500
const slowestShown = 10
const silenceMs = 30_000

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

/** What is told on purpose in words: the link of the first run. */
const isOurs = (line: string) => {
  if (line.startsWith('Create the first support user (once, within 24 hours): ')) return true
  try {
    const { level, time, msg } = JSON.parse(line) as Record<string, unknown>
    return typeof level === 'string' && typeof time === 'string' && typeof msg === 'string'
  } catch {
    return false
  }
}

const nameOf = ({ asked: { to, method, target }, status }: Answered) =>
  `${status ?? 'no answer'} ${to} ${method} ${target.slice(0, 120)}`

/** Sends generated requests, the same ones for the same seed, to the built app. */
export const fuzz = async (server: AppServer, count: number, seed: number): Promise<FuzzReport> => {
  const customer = await newCustomer(server)
  const arbitrary = hostileRequests(server.url)
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight })
  const report: FuzzReport = { statuses: {}, faults: [], strayLines: [], slowest: [] }
  let slowest: Answered[] = []

  const note = (answered: Answered) => {
    const { status, asked } = answered
    report.statuses[String(status)] = (report.statuses[String(status)] ?? 0) + 1
    // 503 is what a page that is fetched ahead is answered
    if (status === null || (status >= 500 && status !== 503))
      report.faults.push(`${nameOf(answered)} ${JSON.stringify(asked)}`)
    slowest = [...slowest, answered].sort((a, b) => b.ms - a.ms).slice(0, slowestShown)
  }

  for (let done = 0; done < count; done += perBatch) {
    const { name, value } = await sessionCookieOf(server, customer)
    const queue = fc.sample(arbitrary, { numRuns: Math.min(perBatch, count - done), seed: seed + done })
    const work = async () => {
      for (let asked = queue.pop(); asked; asked = queue.pop())
        note(await send(asked, asked.to === 'web' ? server.plainUrl : server.apiUrl, `${name}=${value}`, agent))
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
  }
  agent.destroy()
  report.slowest = slowest.map((answered) => `${answered.ms.toFixed(0).padStart(6)} ms ${nameOf(answered)}`)
  return report
}
