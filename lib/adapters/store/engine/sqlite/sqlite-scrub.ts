import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { promisify } from 'node:util'
import type BetterSqlite3 from 'better-sqlite3'
import { lockWaitMs } from './sqlite-lock.ts'

type Client = BetterSqlite3.Database

/** Exits with 1 while somebody else has the file. */
const program = `
  const { DatabaseSync } = require('node:sqlite')
  const client = new DatabaseSync(process.argv[1])
  client.exec('PRAGMA busy_timeout = ${lockWaitMs}; PRAGMA secure_delete = ON')
  if (process.argv[2] === 'whole') client.exec('VACUUM')
  process.exit(Number(client.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get().busy))`

/**
 * Leaves nothing of what was deleted in the file and its `-wal`. `secure_delete` overwrites what is deleted, and still a page
 * that was filled and parted before may hold a copy: the file is written anew. By a process of its own, since that takes
 * seconds in which this one would answer nobody; whoever reads does not notice, whoever writes waits.
 *
 * @see https://www.sqlite.org/lang_vacuum.html
 */
export const scrub = async (client: Client, mostBytes: number | null): Promise<boolean> => {
  if (client.memory) return true
  const fits = mostBytes === null || statSync(client.name).size <= mostBytes
  const args = ['--no-warnings', '-e', program, client.name, ...(fits ? ['whole'] : [])]
  const done = await promisify(execFile)(process.execPath, args).then(
    () => true,
    () => false,
  )
  return fits && done
}
