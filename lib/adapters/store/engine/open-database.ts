import type { Database, OpenOptions } from './database.ts'

/**
 * Opens the database a URL names, migrated: `file:./data/porte-cles.db`, `file::memory:`, `postgres://…`.
 *
 * @throws Failure `storage_unavailable`, with `database_older` when it lacks migrations and may not be changed,
 * `database_moved` when it was moved elsewhere, `database_moving` when not all was moved to it
 */
export const openDatabase = async (url: string, options: OpenOptions = {}): Promise<Database> => {
  // imported on demand: a process needs the driver of one dialect only
  if (/^postgres(ql)?:/.test(url)) return (await import('./postgres/postgres.ts')).openPostgres(url, options)
  return (await import('./sqlite/sqlite.ts')).openSqlite(url.replace(/^file:/, ''), options)
}
