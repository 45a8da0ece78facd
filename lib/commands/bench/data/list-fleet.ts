import { cpus, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { and, count, gt, isNotNull, lt, lte, type SQL } from 'drizzle-orm'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { dayMs, hourMs, minuteMs } from '#lib/domain/duration.ts'
import { analyse } from '#lib/testing/database/bulk-tenants.ts'
import { moveClockByHand } from '#lib/testing/database/postgres-clock.ts'
import { createDatabase } from '#lib/testing/database/postgres-databases.ts'
import { startPostgres } from '#lib/testing/database/postgres-server.ts'
import { type FleetWorker, startFleetWorker, startListProvider } from '#lib/testing/fleet/fleet-driver.ts'
import { type Section, table } from '../section.ts'
import { insertFleet, settingsOf } from './bulk-copies.ts'

const tenants = Number(process.env.BENCH_TENANTS || 10_000)
const latencyMs = Number(process.env.BENCH_LATENCY || 700)
const lists = ['companies', 'contacts', 'departments'] as const
const [everyMs, stepMs, lifetimeS] = [5 * minuteMs, 20_000, 3_600]
/** How many steps of the moved clock each number of workers is measured for. */
const stages = [
  { workers: 1, steps: Number(process.env.BENCH_STEPS || 1) },
  { workers: 4, steps: Number(process.env.BENCH_STEPS || 1) * 4 },
]

/** What is due at an instant, and what ended before it. */
const counter = ({ q, tables: { syncStates, tokenSets } }: Database) => {
  const of = async (table: typeof syncStates | typeof tokenSets, where: SQL | undefined) =>
    (await q.select({ n: count() }).from(table).where(where))[0]?.n ?? 0
  return {
    // what is claimed stays due, and is leased
    left: async (at: Date) =>
      (await of(syncStates, and(isNotNull(syncStates.dueAt), lte(syncStates.dueAt, at)))) +
      (await of(tokenSets, and(isNotNull(tokenSets.refreshDueAt), lte(tokenSets.refreshDueAt, at)))) +
      (await of(tokenSets, gt(tokenSets.leaseUntil, at))),
    expired: (at: Date) => of(tokenSets, lt(tokenSets.expiresAt, at)),
    failed: () => of(syncStates, gt(syncStates.attempts, 0)),
  }
}

interface Stage {
  workers: number
  steps: number
  pages: number
  seconds: number
  longestS: number
  cpuMs: number
  expired: number
}

const measureFleet = async () => {
  const postgres = await startPostgres()
  const url = await createDatabase(postgres.url, `lists_${process.pid}`)
  const provider = await startListProvider({ latencyMs, records: 0, lifetimeS })
  const env = settingsOf(url, provider.url)
  const beganMs = Date.now()
  const fresh = await openDatabase(url)
  const spread = (everyMs: number, all: number) => (n: number) => (everyMs * n) / all
  await insertFleet(
    env,
    fresh,
    {
      ...{ tenants, lists, lifetimeMs: lifetimeS * 1000 },
      refreshInMs: spread(lifetimeS * 1000 - 2 * minuteMs, tenants),
      // neighbours are read far apart, as they come to be
      readInMs: (n) => spread(everyMs, tenants * lists.length)((n * 7_919) % (tenants * lists.length)),
      stands: {
        ...{ since: Math.floor(beganMs / 1000) - 600, inclusive: true },
        ...{ checkAt: beganMs + hourMs, probeAt: beganMs + dayMs },
      },
    },
    new Date(beganMs),
  )
  await fresh.close()
  const clock = await moveClockByHand(url)
  const db = await openDatabase(url)
  await analyse(db)
  const { left, expired, failed } = counter(db)
  const results: Stage[] = []
  const running: FleetWorker[] = []
  let atMs = beganMs
  const setClocks = async () => {
    clock.set(new Date(atMs))
    return (await Promise.all(running.map((worker) => worker.setClock(new Date(atMs))))).reduce((a, b) => a + b, 0)
  }
  try {
    clock.set(new Date(atMs))
    for (const { workers, steps } of stages) {
      while (running.length < workers) running.push(await startFleetWorker(env))
      const stage: Stage = { workers, steps, pages: 0, seconds: 0, longestS: 0, cpuMs: 0, expired: 0 }
      const [cpuBefore, before] = [await setClocks(), (await provider.counts()).lists]
      for (let step = 0; step < steps; step += 1) {
        atMs += stepMs
        const from = performance.now()
        await setClocks()
        while ((await left(new Date(atMs))) > 0) await sleep(50)
        const seconds = (performance.now() - from) / 1000
        stage.seconds += seconds
        stage.longestS = Math.max(stage.longestS, seconds)
        stage.expired += await expired(new Date(atMs))
      }
      stage.cpuMs = (await setClocks()) - cpuBefore
      stage.pages = (await provider.counts()).lists - before
      results.push(stage)
      process.stderr.write(`${workers} workers: ${stage.pages} pages in ${stage.seconds.toFixed(1)} s\n`)
    }
    return { results, failed: await failed(), ...(await provider.counts()) }
  } finally {
    await Promise.all(running.map((worker) => worker.stop()))
    await db.close()
    clock.remove()
    await provider.stop()
    await postgres.stop()
  }
}

/** What a worker reads at a time, as `syncDue` has it. */
const places = 24
/** What the provider's latency lets so many workers read. */
const pagesASecond = (workers: number) => ((workers * places * 1000) / latencyMs).toFixed(0)

const rate = ({ pages, seconds }: Stage) => pages / seconds

const row = (stage: Stage) => [
  `${stage.workers}`,
  ...[stage.pages, rate(stage).toFixed(0), ((stage.seconds * 60_000) / stage.steps / stepMs).toFixed(0)],
  ...[stage.longestS.toFixed(1), (stage.cpuMs / stage.pages).toFixed(1), stage.expired],
]

/** Whether very many copies are kept up to date, by one worker and by four on one PostgreSQL. */
export const listFleet: Section = {
  name: 'lists',
  title: 'Ten thousand tenants with three lists',
  measure: async () => {
    const { results, failed, refreshes, overlapping } = await measureFleet()
    const [one, four] = [results[0], results.at(-1)] as [Stage, Stage]
    const head = [
      'workers',
      'pages',
      'pages a second',
      'a minute takes, s',
      'longest step, s',
      'worker CPU ms a page',
      'expired',
    ]
    const perMinute = (tenants * lists.length * minuteMs) / everyMs
    return [
      `${tenants.toLocaleString('en')} tenants whose three lists are read every five minutes, ${perMinute.toLocaleString('en')} pages a minute, while their tokens of an hour are refreshed. The clock of the database and of the workers is moved on by ${stepMs / 1000} s as soon as nothing is due; a simulated provider answers after ${latencyMs} ms.`,
      table(head, results.map(row)),
      `Four workers read ${(rate(four) / rate(one)).toFixed(1)} times as much as one, on ${cpus().length} cores that they share with PostgreSQL, the provider and whatever else runs (load ${loadavg()[0]?.toFixed(0)}). Every list is read within its interval where a minute takes less than 60 s. ${refreshes} tokens were refreshed meanwhile, ${results.reduce((sum, { expired }) => sum + expired, 0)} were found expired; ${overlapping} pages were asked for while another of their list was under way, ${failed} lists failed. A worker reads ${places} pages at a time: where an answer takes ${latencyMs} ms it waits for the provider, not for the processor, and reads ${pagesASecond(1)} a second at most, four of them ${pagesASecond(4)}. The four took ${(four.cpuMs / four.seconds / 10).toFixed(0)} % of one core.`,
    ].join('\n\n')
  },
}
