import { parseArgs } from 'node:util'
import { parseEnv } from '#lib/composition/env.ts'
import { type MoveRefusal, move } from '#lib/composition/operations/move.ts'
import { CliError, UsageError } from '../cli-error.ts'

const refusals: Record<MoveRefusal, string> = {
  no_file: 'DATABASE_URL names a PostgreSQL server already: set it to the SQLite file that is to be moved.',
  no_server: 'The database to move to must be postgres://user:password@host/database.',
  no_database: 'There is no database yet where DATABASE_URL points.',
  in_use: 'A process has the database open: stop the app and its workers, then move.',
  moved_elsewhere: 'This database was moved to another PostgreSQL database already, and that one is in use.',
  target_not_empty: 'The PostgreSQL database is not empty: make a new one for the move.',
  target_of_another_move:
    'A move from another file, or one that was given up since, left part of its rows in the PostgreSQL database: make a new one, and move to it.',
  not_equal:
    'The PostgreSQL database does not hold what the file holds: somebody else wrote to it. The file stays in use; make a new database, and move to that.',
}

const sentence = (done: number, undone: number) =>
  undone === 0
    ? `${done} sealed values open there`
    : `${done} sealed values open there, ${undone} open nowhere, as before`

/** `move DATABASE_URL` @returns one sentence. */
export const runMove = async (args: string[], explain: (line: string) => void): Promise<string> => {
  const [to, ...others] = parseArgs({ args, allowPositionals: true }).positionals
  if (to === undefined || others.length > 0) throw new UsageError('move takes one DATABASE_URL.')
  const env = parseEnv(process.env)
  const checked = parseEnv({ DATABASE_URL: to })
  const result = await move(env, checked.databaseUrl, new Date(), ({ table, rows }) =>
    explain(`${table}: ${rows} rows`),
  )
  if (result === 'already_moved') return 'The database was already moved there: set DATABASE_URL to it.'
  if ('refused' in result) throw new CliError(refusals[result.refused])
  const { rows, opened, unopened } = result.moved
  const keys =
    env.encryptionKeys && env.nextAuthSecret
      ? ''
      : ' Set ENCRYPTION_KEYS and NEXTAUTH_SECRET as well, to what stands in the file of keys beside the old database.'
  return `Moved: ${rows} rows are equal on both sides, ${sentence(opened, unopened)}. Set DATABASE_URL to the new database, then start the app; the old file is not opened any more.${keys}`
}
