import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import * as schema from '#drizzle/sqlite.ts'
import type { Tables } from '#drizzle/tables.ts'
import { hostTime } from '#drizzle/time.ts'
import { type Database, type OnStatement, storageFailure } from './database.ts'
import type { Queries, Statement } from './queries.ts'

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
]

export const migrationsFolder = (dialect: 'sqlite' | 'postgres') =>
  join(process.cwd(), 'drizzle', 'migrations', dialect)

/** SQLite gives its journals the mode of the file. */
const makePrivate = (path: string) => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
}

export const openSqlite = (path: string, onStatement?: OnStatement): Database => {
  if (path !== ':memory:') makePrivate(path)
  const client = new BetterSqlite3(path, { timeout: 5000 })
  for (const pragma of pragmas) client.pragma(pragma)
  const db = drizzle(client, { casing: 'snake_case', ...(onStatement && { logger: { logQuery: onStatement } }) })
  migrate(db, { migrationsFolder: migrationsFolder('sqlite') })
  return {
    tables: schema as unknown as Tables,
    q: db as unknown as Queries,
    time: hostTime,
    among: (column, texts) => sql`${column} in (select value from json_each(${JSON.stringify(texts)}))`,
    announces: false,
    atomically: async ({ hold, guard, then }) => {
      try {
        return client
          .transaction(() => {
            const handle = db as unknown as Queries
            if (hold) runnable(hold(handle)).run()
            const [won] = runnable(guard(handle)).all()
            if (!won) return null
            for (const statement of then(handle)) runnable(statement).run()
            return won
          })
          .immediate()
      } catch (error) {
        throw storageFailure(error)
      }
    },
    ready: async () => {
      try {
        db.get(sql`select count(*) from vault_keys`)
      } catch (error) {
        throw storageFailure(error)
      }
    },
    close: async () => {
      client.close()
    },
  }
}
