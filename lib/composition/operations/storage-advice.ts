import { Failure } from '#lib/domain/failure.ts'

const sentences: [codes: RegExp, sentence: string][] = [
  [
    /^database_newer$/,
    'A newer version of Porte-clés migrated this database: start that version, or restore a backup from before it.',
  ],
  [/^database_older$/, 'The database lacks migrations of this version: restart the app, which applies them.'],
  [
    /^database_moved$/,
    'This database file was moved to PostgreSQL, and nothing opens it any more: set DATABASE_URL to that database.',
  ],
  [
    /^database_moving$/,
    'Not all was moved to this database: set DATABASE_URL to the SQLite file again, and run « admin move » with this one until it says that all was moved.',
  ],
  [
    /^55P03$/,
    'The database could not be migrated within 60 s: another process is migrating it, or a session holds a lock on its tables. End that session, then start again.',
  ],
  [/^SQLITE_BUSY/, 'Another process holds the database file locked: end it, or wait until it is done, then try again.'],
  [
    /^(SQLITE_(CORRUPT|NOTADB)|XX00[12])/,
    'The database is damaged, or is no database: stop the app, keep the file as it is, and restore the last backup.',
  ],
  [/^(SQLITE_FULL|ENOSPC|53100)$/, 'The disk of the database is full: make room; the app goes on by itself.'],
  [
    /^(SQLITE_READONLY|EROFS|25006)/,
    'The database can only be read: give this user the right to write the file and its folder, or name the primary server in DATABASE_URL.',
  ],
  [
    /^(SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM)/,
    'The database file cannot be opened: check DATABASE_URL and who owns the file and its folder.',
  ],
  [
    /^SQLITE_IOERR/,
    'The disk of the database fails: check the disk, and restore the last backup on another if it is broken.',
  ],
  [/^(28\w{3}|3D000)$/, 'PostgreSQL refuses the user, the password or the database of DATABASE_URL: correct it.'],
  [
    /^(E(CONNREFUSED|CONNRESET|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|PIPE)|57P0\d|08\w{3})$/,
    'PostgreSQL does not answer: check that it runs and that DATABASE_URL names it; the app goes on by itself.',
  ],
  [/^(42P01|42703|SQLITE_ERROR)$/, 'A table or a column is missing from the database: restore the last backup.'],
]

/** What is wrong with the database and what its operator can do; null for anything else. */
export const storageAdvice = (error: unknown): string | null => {
  if (!(error instanceof Failure) || error.code !== 'storage_unavailable') return null
  const { errorCode } = error.evidence
  if (typeof errorCode !== 'string') return null
  return sentences.find(([codes]) => codes.test(errorCode))?.[1] ?? null
}
