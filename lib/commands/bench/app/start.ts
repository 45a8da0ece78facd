import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serveCommand } from '../../demo/build.ts'
import { startNode, untilAnswering } from '../../demo/processes.ts'
import { median, type Section, table } from '../section.ts'
import { freePort } from '../servers.ts'

const rounds = 3

/** Until a process has done what it does at first, and collected what that left behind. */
const idleMs = 12_000

const bareServer =
  "require('node:http').createServer((_, answer) => answer.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')"

/** Resident memory in MB, as Linux tells it. */
const residentMb = (pid: number | undefined) => {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/)
  return Number(line?.[1] ?? Number.NaN) / 1024
}

/** @returns seconds until it is ready, and its memory once it has been idle */
const startOnce = async (args: string[], path: string, settings: Record<string, string>) => {
  const [port, apiPort] = [`${await freePort()}`, `${await freePort()}`]
  const env = { ...process.env, NODE_ENV: 'production' as const, HOST: '127.0.0.1', PORT: port, API_PORT: apiPort }
  const from = performance.now()
  const running = startNode(args, { ...env, ...settings })
  try {
    await untilAnswering(running, `http://127.0.0.1:${port}${path}`)
    const seconds = (performance.now() - from) / 1000
    await pause(idleMs)
    return { seconds, memoryMb: residentMb(running.child.pid) }
  } finally {
    await running.stop()
  }
}

type Start = Awaited<ReturnType<typeof startOnce>>

const rowOf = (name: string, starts: Start[], bare: Start[]) => {
  const seconds = median(starts.map((start) => start.seconds))
  const memoryMb = median(starts.map((start) => start.memoryMb))
  const ofBare = median(bare.map((start) => start.memoryMb))
  return [name, seconds.toFixed(2), memoryMb.toFixed(0), (memoryMb / ofBare).toFixed(1)]
}

const measureOnce = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bench-'))
  const settings = {
    ...{ DATABASE_URL: `file:${join(folder, 'bench.db')}`, REQUIRE_SECOND_FACTOR: 'none', LOG_LEVEL: 'warn' },
    ...{ ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}`, NEXTAUTH_SECRET: 's'.repeat(43) },
  }
  try {
    const bare = await startOnce(['-e', bareServer], '/', {})
    const first = await startOnce(serveCommand, '/api/ready', settings)
    return { bare, first, again: await startOnce(serveCommand, '/api/ready', settings) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From `npm start` to the first answer of `/api/ready`, with a new database and with one that stands. */
export const start: Section = {
  name: 'start',
  title: 'Start and idle memory',
  needsBuild: true,
  measure: async () => {
    const all = []
    for (let round = 0; round < rounds; round += 1) all.push(await measureOnce())
    const bare = all.map((one) => one.bare)
    return table(
      ['until ready', 'seconds', 'MB when idle', 'memory, of bare Node'],
      [
        rowOf('a bare Node server', bare, bare),
        rowOf(
          'first start, which makes the database',
          all.map((one) => one.first),
          bare,
        ),
        rowOf(
          'again',
          all.map((one) => one.again),
          bare,
        ),
      ],
    )
  },
}
