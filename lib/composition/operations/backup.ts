import { closeSync, existsSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { markFile } from '#lib/adapters/mark-file.ts'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { backUpSqlite, copySqlite, isClosed, removeSqlite } from '#lib/adapters/store/engine/sqlite/sqlite-backup.ts'
import { store } from '#lib/adapters/store/store.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { Restored } from '#lib/ports/operations.ts'
import { databaseFile, markOf } from '../encryption-keys.ts'
import type { Env } from '../env.ts'

/** Why nothing was copied. */
export type BackupRefusal =
  | 'no_file'
  | 'no_database'
  | 'no_folder'
  | 'unwritable'
  | 'exists'
  | 'no_backup'
  | 'unreadable'
  | 'bad_backup'
  | 'same_file'
  | 'in_use'
  | 'damaged'

const isDamage = (error: unknown) =>
  error instanceof Failure && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.evidence.errorCode))

/** `backup FILE`: one consistent file; the keys are not in it. */
export const backUp = async (env: Env, to: string, now: Date): Promise<BackupRefusal | null> => {
  const from = databaseFile(env)
  if (from === null) return 'no_file'
  if (!existsSync(from)) return 'no_database'
  if (!existsSync(dirname(to))) return 'no_folder'
  try {
    return (await backUpSqlite(from, to, now)) ? null : 'exists'
  } catch (error) {
    // SQLite's own codes are of the database
    if (error instanceof Failure && /^E[A-Z]+$/.test(String(error.evidence.errorCode))) return 'unwritable'
    throw error
  }
}

/** Migrates a copy and quarantines what is in it, before it is in anybody's way. */
const quarantineIn = async (draft: string, madeAt: Date, mark: Date | null, now: Date): Promise<Restored> => {
  const db = await openDatabase(`file:${draft}`)
  try {
    const { restores } = store(db)
    const restoredAt = (await restores.findNewest()) ?? madeAt
    await restores.quarantine({ restoredAt, behind: null, now })
    // what the mark would tell is done
    if (mark) await restores.raiseMark(await restores.findMark(), mark)
    return await restores.countRestored()
  } finally {
    await db.close()
  }
}

const canRead = (file: string): boolean => {
  try {
    closeSync(openSync(file, 'r'))
    return true
  } catch {
    return false
  }
}

const refusal = (from: string, to: string, replace: boolean): BackupRefusal | null => {
  if (!existsSync(from)) return 'no_backup'
  if (!canRead(from)) return 'unreadable'
  if (!existsSync(to)) return null
  if (realpathSync(from) === realpathSync(to)) return 'same_file'
  if (!replace) return 'exists'
  try {
    return isClosed(to) ? null : 'in_use'
  } catch (error) {
    if (isDamage(error)) return 'damaged'
    throw error
  }
}

/**
 * `restore FILE`: at each moment the database is the one from before, or the whole restored one with its connections
 * quarantined.
 *
 * @throws Failure `storage_unavailable`
 */
export const restore = async (
  env: Env,
  { from, replace, now }: { from: string; replace: boolean; now: Date },
): Promise<{ refused: BackupRefusal } | { restored: Restored }> => {
  const to = databaseFile(env)
  if (to === null) return { refused: 'no_file' }
  const refused = refusal(from, to, replace)
  if (refused) return { refused }
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  const draft = `${to}.restoring`
  removeSqlite(draft)
  try {
    try {
      await copySqlite(from, draft)
    } catch (error) {
      if (isDamage(error)) return { refused: 'bad_backup' }
      throw error
    }
    const restored = await quarantineIn(draft, statSync(from).mtime, await markFile(markOf(to)).read(), now)
    if (existsSync(to) && !isClosed(to)) return { refused: 'in_use' }
    await copySqlite(draft, to)
    return { restored }
  } finally {
    removeSqlite(draft)
  }
}
