import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Container } from '#lib/composition/container.ts'
import { parseEnv } from '#lib/composition/env.ts'
import { type BackupRefusal, backUp, restore } from '#lib/composition/operations/backup.ts'
import { CliError, UsageError } from '../cli-error.ts'

const refusals: Record<BackupRefusal, string> = {
  no_file:
    'DATABASE_URL names a PostgreSQL server: back it up with pg_dump, put it back with pg_restore while the app is stopped, and run « admin quarantine » before you start the app again.',
  no_database: 'There is no database yet where DATABASE_URL points.',
  no_folder: 'The folder of this file is not there: make it first.',
  unwritable:
    'This user cannot write that file: name one in a folder of its own, under systemd /var/lib/porte-cles, where there is room for it.',
  exists: 'A file of this name is there already, and nothing is overwritten: name another, or restore with --replace.',
  no_backup: 'There is no such backup, as far as this user sees: under systemd that is /var/lib/porte-cles.',
  unreadable: 'This user may not read the backup: give it to the user that owns the database, with chown.',
  bad_backup: 'This file is damaged, or is no backup of Porte-clés: choose another.',
  same_file: 'The backup is the database itself.',
  in_use: 'A process has the database open: stop the app and its workers, then restore.',
  damaged:
    'The database in place is damaged: stop the app, move its file away with those beside it that end in -wal and -shm, then restore.',
}

const oneFile = (command: string, positionals: string[]): string => {
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) throw new UsageError(`${command} takes one file.`)
  return resolve(file)
}

/** `backup FILE` @returns the file. */
export const runBackup = async (args: string[]): Promise<string> => {
  const file = oneFile('backup', parseArgs({ args, allowPositionals: true }).positionals)
  const refused = await backUp(parseEnv(process.env), file, new Date())
  if (refused) throw new CliError(refusals[refused])
  return file
}

const sentence = ({ count, from }: { count: number; from: Date | null }) =>
  from === null
    ? 'No connection has tokens: nothing waits for a decision.'
    : `${count === 1 ? '1 connection comes' : `${count} connections come`} from a backup of ${from.toISOString()}, and nothing is refreshed before somebody decides on /support or « Clé de sécurité ».`

/** `restore FILE [--replace]` @returns one sentence. */
export const runRestore = async (args: string[]): Promise<string> => {
  const options = { replace: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const from = oneFile('restore', positionals)
  const outcome = await restore(parseEnv(process.env), { from, replace: values.replace ?? false, now: new Date() })
  if ('refused' in outcome) throw new CliError(refusals[outcome.refused])
  return sentence(outcome.restored)
}

/** `quarantine`: after a database was put back by other means. @returns one sentence. */
export const runQuarantine = async (args: string[], { olderDatabase }: Container): Promise<string> => {
  if (args.length > 0) throw new UsageError('quarantine takes nothing else.')
  return sentence(await olderDatabase.quarantineAll())
}
