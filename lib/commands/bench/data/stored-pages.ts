import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { hourMs, minuteMs } from '#lib/domain/duration.ts'
import { moveClockByHand } from '#lib/testing/database/postgres-clock.ts'
import { createDatabase } from '#lib/testing/database/postgres-databases.ts'
import { startPostgres } from '#lib/testing/database/postgres-server.ts'
import { startListProvider } from '#lib/testing/fleet/fleet-driver.ts'
import { type Section, table } from '../section.ts'
import { insertFleet, settingsOf } from './bulk-copies.ts'

const pages = Number(process.env.BENCH_PAGES || 300)
const warmPages = 30
const pageSize = 100
/** Longer than calls of one account lie apart. */
const stepMs = 320

/** Processor time of this process, in milliseconds. */
const used = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Milliseconds of processor time for each page of a first run, all that the engine does for it. */
const measure = async (databaseUrl: string, setClock: (at: Date) => void) => {
  const records = (warmPages + pages + 20) * pageSize
  const provider = await startListProvider({ latencyMs: 0, records, lifetimeS: 3_600 * 24 })
  const env = settingsOf(databaseUrl, provider.url)
  let now = new Date()
  const db = await openDatabase(databaseUrl)
  const fleet = { tenants: 1, lists: ['companies'], lifetimeMs: 24 * hourMs } as const
  await insertFleet(env, db, { ...fleet, refreshInMs: () => 20 * hourMs, readInMs: () => 0, stands: null }, now)
  await db.close()
  const app = await createContainer(parseEnv(env), { clock: { now: () => now }, logTo: 'stderr' })
  const read = async (count: number) => {
    for (let done = 0; done < count; ) {
      now = new Date(now.getTime() + stepMs)
      setClock(now)
      done += await app.copies.readDue()
    }
  }
  try {
    await read(warmPages)
    const [fromMs, fromCpuMs] = [performance.now(), used()]
    await read(pages)
    return { cpuMs: (used() - fromCpuMs) / pages, ms: (performance.now() - fromMs) / pages }
  } finally {
    await app.close()
    await provider.stop()
  }
}

const onSqlite = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bench-'))
  try {
    return await measure(`file:${join(folder, 'bench.db')}`, () => {})
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const onPostgres = async () => {
  const postgres = await startPostgres()
  try {
    const url = await createDatabase(postgres.url, `pages_${process.pid}`)
    const migrated = await openDatabase(url)
    await migrated.close()
    const clock = await moveClockByHand(url)
    try {
      return await measure(url, clock.set)
    } finally {
      clock.remove()
    }
  } finally {
    await postgres.stop()
  }
}

/** What it costs to ask for a page of a list, compare and store it. */
export const storedPages: Section = {
  name: 'stored-pages',
  title: 'A page of a list, stored',
  measure: async () => {
    const measured = { SQLite: await onSqlite(), PostgreSQL: await onPostgres() }
    const rows = Object.entries(measured).map(([name, { cpuMs, ms }]) => [name, cpuMs.toFixed(1), ms.toFixed(1)])
    return [
      table(['a page of 100 new companies', 'CPU ms of ours', 'ms in all'], rows),
      `The mean of ${pages} pages of a first run, ${minuteMs / 200} ms apart by the moved clock: the claim, the call, its JSON, digests, words and the commit. The provider and PostgreSQL are other processes; their time is in the last column alone. ${cpus().length} cores at a load of ${loadavg()[0]?.toFixed(0)}.`,
    ].join('\n\n')
  },
}
