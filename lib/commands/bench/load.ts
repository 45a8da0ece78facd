import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Measured {
  /** Answers a second. */
  rate: number
  p50Ms: number
  p99Ms: number
}

interface Report {
  requests: { average: number }
  latency: { p50: number; p99: number }
  errors: number
  non2xx: number
  '3xx': number
}

const autocannon = join('node_modules', 'autocannon', 'autocannon.js')

export interface Target {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
}

/** Asks as fast as it is answered, from a process of its own. @throws when an answer is neither a 2xx nor a 304 */
export const load = async ({ url, method, headers }: Target, connections: number, seconds: number) => {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`])
  const args = ['--json', '-c', `${connections}`, '-d', `${seconds}`, '-m', method, ...given, url]
  const { stdout } = await promisify(execFile)(process.execPath, [autocannon, ...args])
  const { requests, latency, errors, non2xx, '3xx': unchanged } = JSON.parse(stdout) as Report
  if (errors + non2xx > unchanged) throw new Error(`${url}: ${errors} errors, ${non2xx - unchanged} refusals`)
  return { rate: requests.average, p50Ms: latency.p50, p99Ms: latency.p99 } satisfies Measured
}
