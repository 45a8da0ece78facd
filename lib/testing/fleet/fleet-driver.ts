import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundledProgram, project } from '../processes/bundled-program.ts'
import type { ProviderCounts } from './list-provider.ts'

/** A worker of the fleet, seen from outside. */
export const startFleetWorker = async (env: Record<string, string>) => {
  const program = await bundledProgram('lib/testing/fleet/fleet-process.ts')
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, ['--max-semi-space-size=16', program], {
    cwd: project,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env } as NodeJS.ProcessEnv,
  })
  child.stderr.pipe(process.stderr)
  const lines = createInterface({ input: child.stdout })
  const nextLine = async () => Number(((await once(lines, 'line')) as [string])[0])
  await nextLine()
  return {
    child,
    /** @returns the processor time it has used, in milliseconds */
    setClock: async (at: Date) => {
      const answered = nextLine()
      child.stdin.write(`${at.getTime()}\n`)
      return answered
    },
    stop: async () => {
      const gone = once(child, 'exit')
      child.stdin.end()
      await gone
    },
  }
}

export type FleetWorker = Awaited<ReturnType<typeof startFleetWorker>>

/** A provider whose lists are copied, in a process of its own: what it takes is not ours. */
export const startListProvider = async (of: { latencyMs: number; records: number; lifetimeS: number }) => {
  const program = await bundledProgram('lib/testing/fleet/list-provider.ts')
  const [LATENCY_MS, RECORDS, LIFETIME_S] = [of.latencyMs, of.records, of.lifetimeS].map(String)
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', LATENCY_MS, RECORDS, LIFETIME_S } as NodeJS.ProcessEnv,
  })
  child.stderr.pipe(process.stderr)
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    counts: async () => (await (await fetch(`${url}/counts`)).json()) as ProviderCounts,
    stop: async () => {
      const gone = once(child, 'exit')
      child.stdin.end()
      await gone
    },
  }
}

/** A token endpoint that gives a new pair for each refresh token after `latencyMs`, and counts those that come twice. */
export const startTokenEndpoint = async (latencyMs: number, lifetimeS: number) => {
  const spent = new Set<string>()
  const counts = { refreshes: 0, repeated: 0 }
  const server = createServer(async (request, answer) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const token = new URLSearchParams(body).get('refresh_token') ?? ''
    counts.refreshes += 1
    if (spent.has(token)) counts.repeated += 1
    spent.add(token)
    await sleep(latencyMs)
    const [name = '', version = '1'] = token.split('.')
    const next = `${name}.${Number(version) + 1}`
    answer.setHeader('content-type', 'application/json')
    answer.end(
      JSON.stringify({ token_type: 'Bearer', expires_in: lifetimeS, access_token: `a${next}`, refresh_token: next }),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
