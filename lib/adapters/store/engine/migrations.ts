import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import { Failure } from '#lib/domain/failure.ts'

/** The migrations that this program brings, oldest first: beside a built program, else in the source tree. */
export const knownMigrations = (dialect: 'sqlite' | 'postgres'): MigrationMeta[] => {
  const folderIn = (place: string) => join(place, 'drizzle', 'migrations', dialect)
  const built = folderIn(dirname(process.argv[1] ?? ''))
  return readMigrationFiles({ migrationsFolder: existsSync(built) ? built : folderIn(process.cwd()) })
}

/** The migrations that a database still lacks; `applied` is the `created_at` of those it has. */
export const pendingMigrations = (known: MigrationMeta[], applied: number[]): MigrationMeta[] =>
  known.filter(({ folderMillis }) => !applied.includes(folderMillis))

/**
 * What a start has to apply.
 *
 * @throws Failure `storage_unavailable` when a newer program migrated the database: this one would not understand it
 */
export const migrationsToApply = (known: MigrationMeta[], applied: number[]): MigrationMeta[] => {
  if (applied.some((at) => !known.some(({ folderMillis }) => folderMillis === at)))
    throw new Failure('storage_unavailable', { errorCode: 'database_newer' })
  return pendingMigrations(known, applied)
}

/** @throws Failure `storage_unavailable` when the database is newer or older than this program */
export const requireCurrent = (known: MigrationMeta[], applied: number[]): void => {
  if (migrationsToApply(known, applied).length > 0)
    throw new Failure('storage_unavailable', { errorCode: 'database_older' })
}

const noticeAfterMs = 2_000
/** How long a start waits for whoever keeps the database from being migrated. */
export const migrationWaitMs = 60_000

/** Says on stderr what a start waits for, when it waits. */
export const sayingWhy = async <T>(work: Promise<T>): Promise<T> => {
  const notice = setTimeout(() => {
    process.stderr.write(
      `Waiting to migrate the database, at most ${migrationWaitMs / 1000} s: another process is migrating it, or holds a lock on it.\n`,
    )
  }, noticeAfterMs)
  return work.finally(() => clearTimeout(notice))
}
