import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import * as schema from '#drizzle/postgres.ts'
import type { Tables } from '#drizzle/tables.ts'
import { databaseTime } from '#drizzle/time.ts'
import { type Database, type OnStatement, storageFailure } from './database.ts'
import type { Queries } from './queries.ts'
import { migrationsFolder } from './sqlite.ts'

/** Any number that no other program on the database takes: replicas that boot together migrate one after the other. */
const migrationLock = 7_246_113

class LostGuard extends Error {}

const migrateAlone = async (pool: pg.Pool) => {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await migrate(drizzle(client, { casing: 'snake_case' }), { migrationsFolder: migrationsFolder('postgres') })
    await client.query('select pg_advisory_unlock($1)', [migrationLock])
  } finally {
    client.release()
  }
}

export const openPostgres = async (url: string, onStatement?: OnStatement): Promise<Database> => {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000 })
  // a client that loses its server must not end the process, idle or in the middle of a transaction: its query says so
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
  try {
    await migrateAlone(pool)
  } catch (error) {
    await pool.end()
    throw storageFailure(error)
  }
  const db = drizzle(pool, { casing: 'snake_case', ...(onStatement && { logger: { logQuery: onStatement } }) })
  return {
    tables: schema as unknown as Tables,
    q: db as unknown as Queries,
    time: databaseTime,
    among: (column, texts) => sql`${column} = any(${sql.param(texts)}::text[])`,
    announces: false,
    atomically: async ({ hold, guard, then }) => {
      try {
        return await db.transaction(async (tx) => {
          const handle = tx as unknown as Queries
          if (hold) await hold(handle)
          const [won] = (await guard(handle)) as Record<string, unknown>[]
          if (!won) throw new LostGuard()
          for (const statement of then(handle)) await statement
          return won
        })
      } catch (error) {
        if (error instanceof LostGuard) return null
        throw storageFailure(error)
      }
    },
    ready: async () => {
      try {
        await db.execute(sql`select count(*) from vault_keys`)
      } catch (error) {
        throw storageFailure(error)
      }
    },
    close: () => pool.end(),
  }
}
