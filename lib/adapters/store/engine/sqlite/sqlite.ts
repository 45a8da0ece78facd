import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { MigrationMeta } from 'drizzle-orm/migrator'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { drizzle as drizzleAsync } from 'drizzle-orm/sqlite-proxy'
import { sqliteJson } from '#drizzle/json-text.ts'
import * as schema from '#drizzle/sqlite.ts'
import type { Tables } from '#drizzle/tables.ts'
import { hostTime } from '#drizzle/time.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Database, type OpenOptions, storageFailure } from '../database.ts'
import { type Upsert, upsertParts } from '../inserts.ts'
import {
  knownMigrations,
  migrationsToApply,
  migrationWaitMs,
  pendingMigrations,
  requireCurrent,
  sayingWhy,
} from '../migrations.ts'
import type { Queries, Statement } from '../queries.ts'
import { fileReserve, noReserve } from '../reserve.ts'
import { attemptMs, lockWaiter } from './sqlite-lock.ts'
import { scrub } from './sqlite-scrub.ts'

interface Runnable {
  all(): Record<string, unknown>[]
  run(): void
}

const runnable = (statement: Statement) => statement as unknown as Runnable

/** Set on every open: better-sqlite3 reopens a WAL file with `synchronous=NORMAL`. */
const pragmas = [
  'journal_mode = WAL',
  'foreign_keys = ON',
  'synchronous = FULL',
  'secure_delete = ON',
  // 32 MB instead of 2: what lists look up lies all over the file
  'cache_size = -32000',
  // 32 MB instead of 4: a page of a list changes 5, many of them again and again
  'wal_autocheckpoint = 8000',
]

/** SQLite gives its journals the mode of the file. */
const makePrivate = (path: string) => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
}

type Client = BetterSqlite3.Database

const table = '__drizzle_migrations'

const appliedMigrations = (client: Client): number[] => {
  if (!client.prepare(`SELECT 1 FROM sqlite_schema WHERE name = '${table}'`).get()) return []
  return client.prepare(`SELECT created_at FROM ${table}`).pluck().all().map(Number)
}

/** Does nothing, and takes no lock, when the database is current. */
const migrate = (client: Client, known: MigrationMeta[]) => {
  if (migrationsToApply(known, appliedMigrations(client)).length === 0) return
  const run = client.transaction(() => {
    client.exec(`CREATE TABLE IF NOT EXISTS ${table} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)`)
    const note = client.prepare(`INSERT INTO ${table} (hash, created_at) VALUES (?, ?)`)
    // read again: another process may have migrated while this one waited
    for (const { sql: statements, hash, folderMillis } of migrationsToApply(known, appliedMigrations(client))) {
      for (const statement of statements) client.exec(statement)
      note.run(hash, folderMillis)
    }
  })
  run.immediate()
}

/** What was moved elsewhere is not opened again; a move that broke off is given up by who opens the file for use. */
const checkMove = (client: Client, readOnly: boolean) => {
  const find = client.prepare("SELECT name FROM high_water_marks WHERE name IN ('moving', 'moved')").pluck()
  const mark = find.get()
  if (mark === 'moved') throw new Failure('storage_unavailable', { errorCode: 'database_moved' })
  if (mark === 'moving' && !readOnly) client.exec("DELETE FROM high_water_marks WHERE name = 'moving'")
}

const openClient = async (
  path: string,
  known: MigrationMeta[],
  { readOnly = false, keepMove = false }: OpenOptions,
): Promise<Client> => {
  if (path !== ':memory:' && !readOnly) makePrivate(path)
  const client = new BetterSqlite3(path, { timeout: attemptMs, fileMustExist: readOnly })
  const prepare = () => {
    if (readOnly) {
      // a handle opened read-only would leave a `-wal` and a `-shm` behind
      client.pragma('query_only = ON')
      requireCurrent(known, appliedMigrations(client))
    } else {
      for (const pragma of pragmas) client.pragma(pragma)
      migrate(client, known)
      // what a statement would need to undo itself; never what sorts or writes a whole table
      client.pragma('temp_store = MEMORY')
    }
    if (!keepMove) checkMove(client, readOnly)
  }
  try {
    await sayingWhy(lockWaiter()(prepare, migrationWaitMs))
  } catch (error) {
    client.close()
    throw error
  }
  return client
}

/** Runs statements by their text. Those that only read do not wait for a writer, nor behind those who do. */
const statementRunner = (client: Client) => {
  const [whenReadable, whenWritable] = [lockWaiter(), lockWaiter()]
  const prepared = new Map<string, BetterSqlite3.Statement<unknown[], unknown[]>>()
  const prepare = (text: string) => {
    const known = prepared.get(text)
    if (known) return known
    const statement = client.prepare<unknown[], unknown[]>(text)
    if (statement.reader) statement.raw()
    // a list of many rows has a text of its own for each length
    if (prepared.size > 500) prepared.clear()
    prepared.set(text, statement)
    return statement
  }
  const run = async (text: string, params: unknown[], lasting = true) => {
    const statement = await whenReadable(() => prepare(text))
    const wait = statement.readonly ? whenReadable : whenWritable
    const work = () => {
      if (statement.reader) return statement.all(...params)
      statement.run(...params)
      return []
    }
    if (lasting || statement.readonly) return wait(work)
    return wait(() => {
      // for this one commit; what others commit afterwards syncs it too
      client.pragma('synchronous = NORMAL')
      try {
        return work()
      } finally {
        client.pragma('synchronous = FULL')
      }
    })
  }
  return { run, whenWritable }
}

/** One after the other: a statement of many rows takes longer to read than to run, and keeps what it changes to undo it alone. */
const upsertEach = <T extends SQLiteTable>(client: Client, upsert: Upsert<T>): Pick<Runnable, 'run'> => ({
  run: () => {
    const { columns, before, behind } = upsertParts(upsert)
    const one = client.prepare(`${before} values (${columns.map(() => '?').join(', ')}) ${behind}`)
    for (const row of upsert.rows as readonly Record<string, unknown>[])
      one.run(columns.map(([name, column]) => (row[name] === null ? null : column.mapToDriverValue(row[name]))))
  },
})

export const openSqlite = async (path: string, options: OpenOptions): Promise<Database> => {
  const { onStatement, readOnly = false } = options
  const known = knownMigrations('sqlite')
  const client = await openClient(path, known, options).catch((error: unknown) => {
    throw storageFailure(error)
  })
  const { run, whenWritable } = statementRunner(client)
  const config = { casing: 'snake_case' as const, ...(onStatement && { logger: { logQuery: onStatement } }) }
  const inTransaction = drizzle(client, config) as unknown as Queries
  // drizzle reads the casing from the third argument alone; nothing is ever batched
  const awaited = (lasting: boolean) =>
    drizzleAsync(
      async (text, params) => ({ rows: await run(text, params, lasting) }),
      async () => [],
      config,
    ) as unknown as Queries
  return {
    tables: schema as unknown as Tables,
    q: awaited(true),
    passing: awaited(false),
    time: hostTime,
    json: sqliteJson,
    toClaim: (id, rows) => sql`${id} in ${rows}`,
    among: (column, texts) => sql`${column} in (select value from json_each(${JSON.stringify(texts)}))`,
    elements: (array) => sql`json_each(${array})`,
    texts: (array) => sql`json_each(${array})`,
    upsert: (_, rows) => upsertEach(client, rows) as unknown as Statement,
    webhookEnabled: false,
    reserve: path === ':memory:' ? noReserve : fileReserve(path),
    readOnly,
    atomically: async ({ hold, guard, then }) => {
      const transaction = client.transaction(() => {
        if (hold) runnable(hold(inTransaction)).run()
        const [won] = runnable(guard(inTransaction)).all()
        if (!won) return null
        for (const statement of then(inTransaction)) runnable(statement).run()
        return won
      })
      try {
        return await whenWritable(() => transaction.immediate())
      } catch (error) {
        throw storageFailure(error)
      }
    },
    scrub: (mostBytes) => scrub(client, mostBytes),
    pendingMigrations: async () => pendingMigrations(known, appliedMigrations(client)).length,
    close: async () => {
      client.close()
    },
  }
}
