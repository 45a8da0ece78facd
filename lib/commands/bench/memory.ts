import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { startFleetWorker, startTokenEndpoint } from '#lib/testing/fleet/fleet-driver.ts'
import { insertFleet, settingsOf } from './data/bulk-copies.ts'
import { memoryOf } from './data/export.ts'
import { lifetimeS, minuteMs, roundMs, waiting } from './fleet.ts'
import { type Section, table } from './section.ts'

const connections = 10_000
const minutes = 60
/** Until the process has done what it does at first, and collected what that left behind. */
const idleMs = 12_000

/** @returns memory in MB: before there is anything to do, at most, and when all is done */
const measureHour = async (folder: string) => {
  const endpoint = await startTokenEndpoint(0, lifetimeS)
  const env = settingsOf(`file:${join(folder, 'bench.db')}`, endpoint.url)
  const db = await openDatabase(env.DATABASE_URL ?? '')
  const beganMs = Date.now()
  const refreshInMs = (n: number) => (roundMs * n) / connections
  const fleet = { tenants: connections, lists: [], lifetimeMs: lifetimeS * 1000, refreshInMs, readInMs: () => 0 }
  await insertFleet(env, db, { ...fleet, stands: null }, new Date(beganMs + minuteMs))
  const worker = await startFleetWorker(env)
  try {
    await sleep(idleMs)
    const idleMb = memoryOf(worker)
    let mostMb = idleMb
    const { due, leased } = waiting(db)
    for (let minute = 1; minute <= minutes; minute += 1) {
      const at = new Date(beganMs + (minute + 1) * minuteMs)
      await worker.setClock(at)
      while ((await due(at)) + (await leased(at)) > 0) await sleep(50)
      mostMb = Math.max(mostMb, memoryOf(worker))
    }
    await sleep(idleMs)
    return { idleMb, mostMb, afterMb: memoryOf(worker), ...endpoint.counts }
  } finally {
    await worker.stop()
    await db.close()
    endpoint.stop()
  }
}

/** Whether what a worker does in an hour stays behind in its memory. */
export const memory: Section = {
  name: 'memory',
  title: 'Memory after an hour of ten thousand connections',
  measure: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'porte-cles-bench-'))
    try {
      const { idleMb, mostMb, afterMb, refreshes } = await measureHour(folder)
      return [
        table(
          ['a worker on SQLite', 'MB'],
          [
            ['idle, before', idleMb],
            ['at most, looked at each minute', mostMb],
            ['idle, after the hour', afterMb],
          ],
        ),
        `${refreshes.toLocaleString('en')} refreshes of ${connections.toLocaleString('en')} connections whose tokens live an hour. The worker’s clock is moved on by a minute as soon as nothing is due; its API answers nobody meanwhile.`,
      ].join('\n\n')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
