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
import { startPair } from '../database/postgres-pair.ts'
import { freePort, startPostgres } from '../database/postgres-server.ts'
import { type BuiltProcess, startBuilt } from '../processes/built-process.ts'
import { connectTenants } from '../soak/soak-connections.ts'
import { compareJournals } from '../soak/soak-verdict.ts'

/**
 * `npm run test:replicas -- [--minutes 10] [--connections 200] [--kill] [--failover]`: three web processes and two workers of
 * the built app on one PostgreSQL behind PgBouncer, each ended and started again in turn under load, in order (SIGTERM) or,
 * with `--kill`, by SIGKILL. With `--failover` the primary is killed at half the time and its standby promoted. Ends with
 * status 1 when a read that a retry does not mend failed, a connection was lost without a word, or two requests for one
 * connection were under way at once.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    connections: { type: 'string', default: '200' },
    kill: { type: 'boolean', default: false },
    failover: { type: 'boolean', default: false },
  },
})
const [minutes, connections] = [Number(values.minutes), Number(values.connections)]
if (!(minutes > 0 && connections > 0))
  throw new Error('npm run test:replicas -- [--minutes 10] [--connections 200] [--kill] [--failover]')

const [webs, workers, callers, visitors] = [3, 2, 20, 4]
/** Each then lives longer than the half minute from its start on in which it leaves alone what another was killed over. */
const everyMs = 10_000
/**
 * In seconds. A lease outlives its killed process by a minute, and what it left open waits half a minute more: of ten minutes,
 * as of an hour, two are left when a token is refreshed, of one there are twelve seconds.
 */
const lifetimeS = values.kill ? 600 : 60
/** A back end asks another process after a short pause, or after as long as it was told, for as long as a killed lease stands. */
const pauseMs = 500
const patienceMs = 120_000
/** After the last kill: its lease, the half minute, and the next look for what was left open. */
const settledMs = 130_000
/** Until whoever watches a primary is sure that it is gone. */
const noticedMs = 10_000

const print = (line: string) => void process.stdout.write(`${line}\n`)
const operator = { kind: 'operator' } as const

requireBouncer()
const pair = values.failover ? await startPair() : null
const postgres = pair ?? (await startPostgres())
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
const app = await createContainer(parseEnv(common))
const db = await openDatabase(bouncer.url)

const counts = { reads: 0, retried: 0, failed: 0, lost: 0, pages: 0, pagesRetried: 0, pagesFailed: 0, longestMs: 0 }
/** How often each answer came that was no token and no page. */
const refusals: Record<string, number> = {}
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

/** What is final, and no fault of ours where the provider's answer died with a killed process. */
const lost = 'reconnect_required'

/** Asks one after the other until one answers 200. @returns the answer, and how many were none; null when none came in time */
const ask = async (processes: BuiltProcess[], path: string, init?: RequestInit) => {
  const first = Math.floor(Math.random() * processes.length)
  const endsMs = performance.now() + patienceMs
  for (let tries = 0; performance.now() < endsMs; tries += 1) {
    const { url = '' } = processes[(first + tries) % processes.length] ?? {}
    const answer = await fetch(`${url}${path}`, init).catch(() => null)
    const text = await answer?.text().catch(() => null)
    if (answer?.ok && text) return { text, tries }
    const why = text?.match(/"code":"(\w+)"/)?.[1] ?? `${answer?.status ?? 'no answer'}`
    refusals[why] = (refusals[why] ?? 0) + 1
    if (why === lost) return lost
    await sleep(Math.max(pauseMs, Number(answer?.headers.get('retry-after') ?? 0) * 1000))
  }
  return null
}

const run = async () => {
  print(`connecting ${connections} tenants`)
  await connectTenants(app, db, control, { count: connections, lifetimeS })
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
      const read = await ask(work, '/api/v1/connections/teamleader/token', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'porte-cles-tenant': tenant },
      })
      if (read && read !== lost && typeof JSON.parse(read.text).access_token !== 'string')
        throw new Error(`no token: ${read.text}`)
      counts.reads += 1
      counts.longestMs = Math.max(counts.longestMs, performance.now() - from)
      if (read === null) counts.failed += 1
      else if (read === lost) counts.lost += 1
      else if (read.tries > 0) counts.retried += 1
      await sleep(50)
    }
  }
  const openPages = async () => {
    while (isOn()) {
      const page = await ask(web, '/connexion')
      counts.pages += 1
      if (page === null || page === lost) counts.pagesFailed += 1
      else if (page.tries > 0) counts.pagesRetried += 1
      await sleep(200)
    }
  }
  const failOver = async ({ kill, promote, standbyUrl }: NonNullable<typeof pair>) => {
    await kill()
    const from = performance.now()
    await sleep(noticedMs)
    await promote()
    const to = new URL(standbyUrl)
    to.pathname = new URL(direct).pathname
    bouncer.pointTo(to.href)
    print(`the standby is promoted, ${((performance.now() - from) / 1000).toFixed(1)} s after the primary was killed`)
    if ((await ask(work, '/api/ready')) === null) throw new Error('no worker is ready')
    print(`a worker is ready again ${((performance.now() - from) / 1000).toFixed(1)} s after it`)
  }
  const halfMs = performance.now() + minutes * 30_000
  let failsOver = pair
  const replaceInTurn = async () => {
    for (let turn = 0; isOn(); turn += 1) {
      await sleep(everyMs)
      if (failsOver && performance.now() > halfMs) {
        await failOver(failsOver)
        failsOver = null
        await sleep(everyMs)
      }
      const next = processes[turn % processes.length]
      if (!next) continue
      await next.end(values.kill ? 'SIGKILL' : 'SIGTERM')
      // it may have sent a request until it was gone
      if (values.kill) killsAt.push(Date.now())
      await next.start()
      if (turn % processes.length === processes.length - 1)
        print(`round ${(turn + 1) / processes.length}: ${JSON.stringify({ ...counts, refusals })}`)
    }
    return null
  }
  const repeat = (times: number, one: () => Promise<void>) => Array.from({ length: times }, one)
  await Promise.all([...repeat(callers, readTokens), ...repeat(visitors, openPages), replaceInTurn()])
  if (values.kill) await sleep(settledMs)
  await Promise.all(processes.map((one) => one.end('SIGTERM')))

  const { requests, max_token_requests_in_flight: atOnce } = await control.journal()
  const verdict = await compareJournals(db, app.vault, requests, killsAt)
  for (const sentence of [...verdict.lost, ...verdict.wrong]) print(sentence)
  print(JSON.stringify({ ...counts, refusals }))
  print(
    `${verdict.connections} connections, ${verdict.refreshes} refreshes, at most ${atOnce} of one connection at once; ` +
      `${verdict.lost.length} lost, ${verdict.wrong.length} wrong states, ${verdict.namedLosses} lost and named`,
  )
  const named = values.kill ? 0 : verdict.namedLosses
  if (verdict.namedLosses === 0) counts.failed += counts.lost
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
