import { execFileSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { embeddedIn, newFolder } from './postgres-server.ts'

const patienceMs = 60_000

const ask = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

const until = async (what: string, isSo: () => Promise<boolean>) => {
  for (const endsMs = performance.now() + patienceMs; performance.now() < endsMs; await sleep(50))
    if (await isSo().catch(() => false)) return
  throw new Error(`${what} within ${patienceMs / 1000} s: it did not`)
}

/**
 * A primary and a standby that streams from it. A commit is told to have happened once the standby has it, so that the standby
 * lacks nothing that anybody was told.
 *
 * @see https://www.postgresql.org/docs/current/warm-standby.html#SYNCHRONOUS-REPLICATION
 */
export const startPair = async () => {
  const [here, there] = [await newFolder(), await newFolder()]
  const primary = await embeddedIn(here, ['-c', 'synchronous_standby_names=ANY 1 (standby)'])
  const from = `host=127.0.0.1 port=${primary.port} user=postgres password=postgres application_name=standby`
  const standby = await embeddedIn(there, ['-c', `primary_conninfo=${from}`])
  let isPrimaryAlive = false
  const stop = async () => {
    await standby.server.stop()
    if (isPrimaryAlive) await primary.server.stop()
    await Promise.all([here, there].map((folder) => rm(folder, { recursive: true, force: true })))
  }
  try {
    await primary.server.initialise()
    // of a cluster that never ran, a plain copy is a base backup
    execFileSync('cp', ['-a', primary.databaseDir, standby.databaseDir])
    await writeFile(join(standby.databaseDir, 'standby.signal'), '')
    await primary.server.start()
    isPrimaryAlive = true
    // it resolves when the standby takes writes
    standby.server.start().catch(() => {})
    const streaming = "SELECT 1 FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')"
    await until('the standby streams', async () => (await ask(primary.url, streaming)).length > 0)
  } catch (cause) {
    await stop()
    throw new Error(`PostgreSQL did not start:\n${[...primary.lines, ...standby.lines].join('\n')}`, { cause })
  }
  return {
    url: primary.url,
    standbyUrl: standby.url,
    stop,
    /** Ends the primary and all its sessions as a machine does that loses power. */
    kill: async () => {
      const pid = await primary.pid()
      const children = execFileSync('ps', ['-o', 'pid=', '--ppid', `${pid}`], { encoding: 'utf8' })
      // first of all who would notice that the others are gone
      for (const each of [pid, ...children.trim().split(/\s+/).map(Number)]) {
        try {
          process.kill(each, 'SIGKILL')
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
        }
      }
      isPrimaryAlive = false
      // forgets its process: what starts it would else wait for it when we end
      await primary.server.stop()
    },
    /** Makes the standby the primary. Resolves when it takes writes. */
    promote: async () => {
      await ask(standby.url, 'SELECT pg_promote()')
      await until('the standby is promoted', async () => {
        const [row] = await ask(standby.url, 'SELECT pg_is_in_recovery() AS waits')
        return row?.waits === false
      })
    },
  }
}
