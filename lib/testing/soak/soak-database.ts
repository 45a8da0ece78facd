import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { createDatabase } from '../database/postgres-databases.ts'
import { startPostgres } from '../database/postgres-server.ts'
import { openSilentRelay } from '../servers/silent-relay.ts'

interface SoakDatabase {
  url: string
  /** As the processes reach it, which an outage cuts off. */
  processUrl: string
  block(ms: number): Promise<void>
  stop(): Promise<void>
}

const sqlite = (file: string): SoakDatabase => ({
  url: `file:${file}`,
  processUrl: `file:${file}`,
  block: async (ms) => {
    const client = new BetterSqlite3(file, { timeout: 5_000 })
    client.exec('BEGIN IMMEDIATE')
    await sleep(ms)
    client.exec('ROLLBACK')
    client.close()
  },
  stop: async () => {},
})

const postgres = async (): Promise<SoakDatabase> => {
  const server = await startPostgres()
  const url = await createDatabase(server.url, `soak_${process.pid}`)
  const relay = await openSilentRelay(url)
  return {
    url,
    processUrl: relay.url,
    block: async (ms) => {
      relay.silence(true)
      await sleep(ms)
      relay.recover()
    },
    stop: async () => {
      await relay.close()
      await server.stop()
    },
  }
}

export const openSoakDatabase = (onPostgres: boolean, folder: string) =>
  onPostgres ? postgres() : sqlite(join(folder, 'soak.db'))
