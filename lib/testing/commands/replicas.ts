import '#lib/commands/require-node.mjs'

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { remoteControl } from '#lib/sandbox/control/remote-control.ts'
import { providerSettings } from '#lib/sandbox/provider-settings.ts'
import { startSandbox } from '#lib/sandbox/server.ts'
import { requireBouncer, startBouncer } from '../database/pg-bouncer.ts'
import { createDatabase } from '../database/postgres-databases.ts'
import { freePort, startPostgres } from '../database/postgres-server.ts'
import { type BuiltProcess, startBuilt } from '../processes/built-process.ts'
import { connectTenants } from '../soak/soak-connections.ts'
import { compareJournals } from '../soak/soak-verdict.ts'

/**
 * `npm run test:replicas -- [--minutes 10] [--connections 200] [--kill]`: three web processes and two workers of the built
 * app on one PostgreSQL behind PgBouncer, each ended and started again in turn under load, in order (SIGTERM) or, with
 * `--kill`, by SIGKILL. Ends with status 1 when a read that a retry does not mend failed, a connection was lost without a
 * word, or two requests for one connection were under way at once.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    connections: { type: 'string', default: '200' },
    kill: { type: 'boolean', default: false },
  },
})
const [minutes, connections] = [Number(values.minutes), Number(values.connections)]
if (!(minutes > 0 && connections > 0))
  throw new Error('npm run test:replicas -- [--minutes 10] [--connections 200] [--kill]')

const [webs, workers, callers, visitors] = [3, 2, 20, 4]
const everyMs = 5_000
/** As a back end tries again: another process, after a short pause. */
const retries = 10
const pauseMs = 500

const print = (line: string) => void process.stdout.write(`${line}\n`)
const operator = { kind: 'operator' } as const

requireBouncer()
const postgres = await startPostgres()
const direct = await createDatabase(postgres.url, `replicas_${process.pid}`)
const bouncer = await startBouncer(direct)
const sandbox = await startSandbox({ port: 0, signInPort: 0 })
const control = remoteControl(sandbox.url)
const common = {
  DATABASE_URL: bouncer.url,
  ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
  ...providerSettings(sandbox.url),
  LOG_LEVEL: 'silent',
}
const app = await createContainer(parseEnv({ ...common, DATABASE_URL: direct }))
const db = await openDatabase(direct)

const counts = { reads: 0, retried: 0, failed: 0, pages: 0, pagesRetried: 0, pagesFailed: 0, longestMs: 0 }
const killsAt: number[] = []

const startAll = async () => {
  const started: BuiltProcess[] = []
  for (let index = 0; index < webs + workers; index += 1) {
    const program = index < webs ? 'serve' : 'worker'
    const [port, apiPort] = [await freePort(), await freePort()]
    const env = { ...common, PORT: String(port), API_PORT: String(apiPort) }
    const answersAt = program === 'serve' ? port : apiPort
    started.push(await startBuilt(program, answersAt, program === 'serve' ? { ...env, WORKER: 'external' } : env))
  }
  return started
}

/** Asks one after the other until one answers as it should. @returns how many tries failed; null when all did */
const ask = async (processes: BuiltProcess[], work: (url: string) => Promise<boolean>): Promise<number | null> => {
  const first = Math.floor(Math.random() * processes.length)
  for (let tries = 0; tries <= retries; tries += 1) {
    const { url = '' } = processes[(first + tries) % processes.length] ?? {}
    if (await work(url).catch(() => false)) return tries
    await sleep(pauseMs)
  }
  return null
}

const run = async () => {
  print(`connecting ${connections} tenants`)
  await connectTenants(app, db, control, connections)
  const tenants = (await db.q.select({ id: db.tables.tenants.id }).from(db.tables.tenants)).map(({ id }) => id)
  const typed = { name: 'Pro+', tenantId: null, scopes: ['teamleader:token'] }
  const key = await app.manageApiKeys.create(typed, operator)
  const processes = await startAll()
  const [web, work] = [processes.slice(0, webs), processes.slice(webs)]
  print(`${webs} web processes and ${workers} workers are ready`)
  const endsMs = performance.now() + minutes * 60_000
  const isOn = () => performance.now() < endsMs

  const readTokens = async () => {
    while (isOn()) {
      const tenant = tenants[Math.floor(Math.random() * tenants.length)] ?? ''
      const from = performance.now()
      const failures = await ask(work, async (url) => {
        const answer = await fetch(`${url}/api/v1/connections/teamleader/token`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'porte-cles-tenant': tenant },
        })
        return answer.ok && typeof ((await answer.json()) as { access_token?: unknown }).access_token === 'string'
      })
      counts.reads += 1
      counts.longestMs = Math.max(counts.longestMs, performance.now() - from)
      if (failures === null) counts.failed += 1
      else if (failures > 0) counts.retried += 1
      await sleep(50)
    }
  }
  const openPages = async () => {
    while (isOn()) {
      const failures = await ask(web, async (url) => (await fetch(`${url}/connexion`)).ok)
      counts.pages += 1
      if (failures === null) counts.pagesFailed += 1
      else if (failures > 0) counts.pagesRetried += 1
      await sleep(200)
    }
  }
  const replaceInTurn = async () => {
    for (let turn = 0; isOn(); turn += 1) {
      await sleep(everyMs)
      const next = processes[turn % processes.length]
      if (!next) continue
      if (values.kill) killsAt.push(Date.now())
      await next.end(values.kill ? 'SIGKILL' : 'SIGTERM')
      await next.start()
      if (turn % processes.length === processes.length - 1)
        print(`round ${(turn + 1) / processes.length}: ${JSON.stringify(counts)}`)
    }
    return null
  }
  const repeat = (times: number, one: () => Promise<void>) => Array.from({ length: times }, one)
  await Promise.all([...repeat(callers, readTokens), ...repeat(visitors, openPages), replaceInTurn()])
  await Promise.all(processes.map((one) => one.end('SIGTERM')))

  const { requests, max_token_requests_in_flight: atOnce } = await control.journal()
  const verdict = await compareJournals(db, app.vault, requests, killsAt)
  for (const sentence of [...verdict.lost, ...verdict.wrong]) print(sentence)
  print(JSON.stringify(counts))
  print(
    `${verdict.connections} connections, ${verdict.refreshes} refreshes, at most ${atOnce} of one connection at once; ` +
      `${verdict.lost.length} lost, ${verdict.wrong.length} wrong states, ${verdict.namedLosses} lost and named`,
  )
  const named = values.kill ? 0 : verdict.namedLosses
  return counts.failed + counts.pagesFailed + verdict.lost.length + verdict.wrong.length + named === 0 && atOnce === 1
}

try {
  if (!(await run())) process.exitCode = 1
} finally {
  await db.close()
  await app.close()
  await sandbox.stop()
  await bouncer.stop()
  await postgres.stop()
}
