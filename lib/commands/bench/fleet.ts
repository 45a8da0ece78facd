import { setTimeout as sleep } from 'node:timers/promises'
import { and, count, gt, isNotNull, lt, lte, type SQL } from 'drizzle-orm'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { moveClockByHand } from '#lib/testing/database/postgres-clock.ts'
import { analyseDatabase, createDatabase } from '#lib/testing/database/postgres-databases.ts'
import { startPostgres } from '#lib/testing/database/postgres-server.ts'
import { type FleetWorker, startFleetWorker, startTokenEndpoint } from '#lib/testing/fleet/fleet-driver.ts'
import { insertFleet, settingsOf } from './data/bulk-copies.ts'
import { type Section, table } from './section.ts'

const connections = Number(process.env.BENCH_CONNECTIONS || 100_000)
export const lifetimeS = 3_600
const [marginS, latencyMs] = [120, 50]
/** Within it every token falls due once. */
export const roundMs = (lifetimeS - marginS) * 1000
export const minuteMs = 60_000
/** How many minutes of the hour each number of workers is measured for; the last one has the rest of it. */
const minutesOfFour = Number(process.env.BENCH_MINUTES || 54)
const stages = [
  { workers: 1, minutes: Math.min(2, minutesOfFour) },
  { workers: 2, minutes: Math.min(2, minutesOfFour) },
  { workers: 4, minutes: minutesOfFour },
]
const measured = stages.reduce((sum, { minutes }) => sum + minutes, 0)
const perMinute = (connections * minuteMs) / roundMs

/** Real tokens for what falls due while it is measured: of the others, nobody opens one. */
const fill = async (env: Record<string, string>, db: Database, now: Date) => {
  const refreshInMs = (n: number) => (roundMs * n) / connections
  // each ends two minutes after it is due, as a provider's does
  const endsInMs = (n: number) => refreshInMs(n) + marginS * 1000
  const real = Math.ceil(perMinute * (measured + 2))
  const fleet = { tenants: connections, real, lists: [], lifetimeMs: lifetimeS * 1000, readInMs: () => 0, stands: null }
  await insertFleet(env, db, { ...fleet, refreshInMs, endsInMs }, now)
  await analyseDatabase(env.DATABASE_URL ?? '')
  process.stderr.write(`${connections} connections after ${Math.round((Date.now() - now.getTime()) / 1000)} s\n`)
}

/** What is due at an instant, and what ended before it. */
export const waiting = ({ q, tables: { tokenSets } }: Database) => {
  const rows = async (where: SQL | undefined) => {
    const [row] = await q.select({ n: count() }).from(tokenSets).where(where)
    return row?.n ?? 0
  }
  return {
    // what is claimed is due a minute later, and leased
    due: (at: Date) => rows(and(isNotNull(tokenSets.refreshDueAt), lte(tokenSets.refreshDueAt, at))),
    leased: (at: Date) => rows(gt(tokenSets.leaseUntil, at)),
    expired: (at: Date) => rows(lt(tokenSets.expiresAt, at)),
  }
}

interface Stage {
  workers: number
  minutes: number
  refreshes: number
  seconds: number
  longestS: number
  cpuMs: number
  expired: number
}

/** How long each minute's refreshes take, minute after minute of the moved clock. */
const measureHour = async () => {
  const postgres = await startPostgres()
  const url = await createDatabase(postgres.url, `fleet_${process.pid}`)
  const endpoint = await startTokenEndpoint(latencyMs, lifetimeS)
  const db = await openDatabase(url)
  const env = settingsOf(url, endpoint.url)
  const beganMs = Date.now()
  await fill(env, db, new Date(beganMs))
  await db.close()
  const clock = await moveClockByHand(url)
  const moved = await openDatabase(url)
  const { due, leased, expired } = waiting(moved)
  let atMs = beganMs + minuteMs
  const results: Stage[] = []
  const running: FleetWorker[] = []
  const setClocks = async () => {
    clock.set(new Date(atMs))
    return Promise.all(running.map((worker) => worker.setClock(new Date(atMs))))
  }
  try {
    clock.set(new Date(atMs))
    for (const { workers, minutes } of stages) {
      while (running.length < workers) running.push(await startFleetWorker(env))
      const stage: Stage = { workers, minutes, refreshes: 0, seconds: 0, longestS: 0, cpuMs: 0, expired: 0 }
      const before = endpoint.counts.refreshes
      const cpuBefore = (await setClocks()).reduce((sum, ms) => sum + ms, 0)
      for (let minute = 0; minute < minutes; minute += 1) {
        atMs += minuteMs
        const from = performance.now()
        await setClocks()
        const at = new Date(atMs)
        while ((await due(at)) + (await leased(at)) > 0) await sleep(50)
        const seconds = (performance.now() - from) / 1000
        stage.seconds += seconds
        stage.longestS = Math.max(stage.longestS, seconds)
        stage.expired += await expired(at)
        process.stderr.write(
          `${workers} workers: a minute in ${seconds.toFixed(1)} s, ${endpoint.counts.refreshes} refreshes\n`,
        )
      }
      stage.cpuMs = (await setClocks()).reduce((sum, ms) => sum + ms, 0) - cpuBefore
      stage.refreshes = endpoint.counts.refreshes - before
      results.push(stage)
    }
    return { results, ...endpoint.counts }
  } finally {
    await Promise.all(running.map((worker) => worker.stop()))
    await moved.close()
    clock.remove()
    endpoint.stop()
    await postgres.stop()
  }
}

const row = ({ workers, minutes, refreshes, seconds, longestS, cpuMs, expired }: Stage) => [
  `${workers}`,
  ...[minutes, refreshes, (refreshes / seconds).toFixed(0), longestS.toFixed(1)],
  ...[((1000 * seconds) / refreshes).toFixed(2), (cpuMs / refreshes).toFixed(2), expired],
]

/** What it costs to keep very many connections alive, by 1, 2 and 4 workers on one PostgreSQL. */
export const fleet: Section = {
  name: 'fleet',
  title: 'A hundred thousand connections of one hour',
  measure: async () => {
    const { results, refreshes, repeated } = await measureHour()
    const head = [
      'workers',
      'minutes',
      'refreshes',
      'a second',
      'longest minute, s',
      'ms each',
      'worker CPU ms each',
      'expired',
    ]
    return [
      `${connections.toLocaleString('en')} connections whose tokens live an hour: ${perMinute.toFixed(0)} fall due each minute. The clock of the database and of the workers is moved on by a minute as soon as nothing is due; a simulated token endpoint answers after ${latencyMs} ms.`,
      table(head, results.map(row)),
      `${measured} of the ${roundMs / minuteMs} minutes within which each falls due once were measured.`,
      `In time means: the longest minute takes less than 60 s, and no token was found expired. ${refreshes} refreshes in all, ${repeated} with a token that had been used before.`,
    ].join('\n\n')
  },
}
