import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { storageFailure } from '../database.ts'
import { lockWaitMs } from './sqlite-lock.ts'

/** All pages in one step: a copy made in several begins again whenever another process writes. */
const wholeAtOnce = { progress: () => 0x7fff_ffff }

const companions = ['', '-journal', '-wal', '-shm']

export const removeSqlite = (file: string): void => {
  for (const end of companions) rmSync(`${file}${end}`, { force: true })
}

/** Copies `source` over the file: one transaction there, so that a process that dies leaves what was before. */
const copyOver = (source: BetterSqlite3.Database, file: string) => source.backup(file, wholeAtOnce)

/** Makes it one file, which needs no other beside it. @returns false while somebody else has it open */
const leaveWal = (file: string): boolean => {
  const client = new BetterSqlite3(file, { timeout: 0 })
  try {
    return client.pragma('journal_mode = DELETE', { simple: true }) === 'delete'
  } catch (error) {
    if (error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
    throw error
  } finally {
    client.close()
  }
}

/**
 * Whether no process has the database open: each one has it in WAL mode, which SQLite leaves for the last one only.
 *
 * @see https://www.sqlite.org/wal.html#persistence_of_wal_mode
 * @throws Failure `storage_unavailable`
 */
export const isClosed = (file: string): boolean => {
  try {
    return leaveWal(file)
  } catch (error) {
    throw storageFailure(error)
  }
}

/** One line in the journal of both, of when the copy is. As tables of every version have it: they may lack migrations. */
const noteBackup = (source: BetterSqlite3.Database, now: Date) =>
  source
    .prepare('INSERT INTO journal (id, at, actor, event, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)')
    .run(randomUUID(), now.getTime(), 'operator', 'database.backed_up', 'ok', '{}')

/**
 * Copies a database that may be in use, as one moment had it, to a new file that only its owner reads.
 *
 * @returns false when the new file is there already
 * @throws Failure `storage_unavailable`
 */
export const backUpSqlite = async (from: string, to: string, now: Date): Promise<boolean> => {
  const source = openSource(from, false)
  try {
    if (!reserve(to)) return false
    try {
      noteBackup(source, now)
      await copyOver(source, to)
      leaveWal(to)
    } catch (error) {
      removeSqlite(to)
      throw error
    }
    return true
  } catch (error) {
    throw storageFailure(error)
  } finally {
    source.close()
  }
}

const openSource = (file: string, readonly: boolean) => {
  try {
    return new BetterSqlite3(file, { readonly, fileMustExist: true, timeout: lockWaitMs })
  } catch (error) {
    throw storageFailure(error)
  }
}

const refusedAs = (code: string) => Object.assign(new Error(code), { code })

const reserve = (file: string): boolean => {
  try {
    closeSync(openSync(file, 'wx', 0o600))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Copies a whole and sound database over another, or to a new file.
 *
 * @throws Failure `storage_unavailable`, with `SQLITE_CORRUPT` when what is copied is damaged, `SQLITE_NOTADB` when it is none
 * of ours
 */
export const copySqlite = async (from: string, to: string): Promise<void> => {
  const source = openSource(from, true)
  try {
    if (source.pragma('integrity_check', { simple: true }) !== 'ok') throw refusedAs('SQLITE_CORRUPT')
    const ours = source.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get()
    if (!ours) throw refusedAs('SQLITE_NOTADB')
    if (!existsSync(to)) reserve(to)
    await copyOver(source, to)
    leaveWal(to)
  } catch (error) {
    throw storageFailure(error)
  } finally {
    source.close()
  }
}
