import { statSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { storageFailure } from './database.ts'

type Client = BetterSqlite3.Database

/** The new copy is as large as the file: it is not made in memory. */
const vacuum = (client: Client) => {
  client.pragma('temp_store = FILE')
  try {
    client.exec('VACUUM')
  } finally {
    client.pragma('temp_store = MEMORY')
  }
}

/**
 * Leaves nothing of what was deleted in the file and its `-wal`. `secure_delete` overwrites what is deleted, and still a page
 * that was filled and parted before may hold a copy: the file is written anew.
 *
 * @see https://www.sqlite.org/lang_vacuum.html
 */
export const scrub = async (
  client: Client,
  whenWritable: <T>(work: () => T) => Promise<T>,
  mostBytes: number | null,
): Promise<boolean> => {
  if (client.memory) return true
  const fits = mostBytes === null || statSync(client.name).size <= mostBytes
  try {
    if (fits) await whenWritable(() => vacuum(client))
    const [left] = await whenWritable(() => client.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[])
    return fits && left?.busy === 0
  } catch (error) {
    if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
    throw storageFailure(error)
  }
}
