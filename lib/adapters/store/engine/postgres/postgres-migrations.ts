import type { MigrationMeta } from 'drizzle-orm/migrator'
import pg from 'pg'
import { migrationsToApply, migrationWaitMs, sayingWhy } from '../migrations.ts'
import { connectionSettings, sqlState } from './postgres-pool.ts'

/** Drizzle's own place, beside our tables: its log of migrations, and the row that whoever migrates locks. */
const log = 'drizzle.__drizzle_migrations'
const lock = 'drizzle.migration_lock'

/** No such schema, no such table. */
const isMissing = (error: unknown) => ['3F000', '42P01'].includes(sqlState(error) ?? '')

export const appliedMigrations = async (client: pg.ClientBase): Promise<number[]> => {
  try {
    const { rows } = await client.query<{ at: string }>(`select created_at as at from ${log}`)
    return rows.map(({ at }) => Number(at))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Two that begin together may both find nothing and make it: one is refused, and finds it then. */
const makeSchema = async (client: pg.ClientBase) => {
  for (const statement of [
    'create schema if not exists drizzle',
    `create table if not exists ${log} (id serial primary key, hash text not null, created_at bigint)`,
    `create table if not exists ${lock} (id integer primary key)`,
    `insert into ${lock} (id) values (1) on conflict do nothing`,
  ]) {
    const run = () => client.query(statement)
    await run().catch(run)
  }
}

/** One transaction holds the lock row, the changes and their log: a process that dies leaves nothing behind. */
const migrateLocked = async (client: pg.ClientBase, known: MigrationMeta[]) => {
  await client.query(`begin isolation level read committed; set local lock_timeout = ${migrationWaitMs}`)
  await client.query(`select id from ${lock} where id = 1 for update`)
  // read under the lock: whoever held it migrated
  for (const { sql, hash, folderMillis } of migrationsToApply(known, await appliedMigrations(client))) {
    for (const statement of sql) await client.query(statement)
    await client.query(`insert into ${log} (hash, created_at) values ($1, $2)`, [hash, folderMillis])
  }
  await client.query('commit')
}

/** @throws an error of pg; 55P03 when another session held a lock for too long */
export const migratePostgres = async (connectionString: string, known: MigrationMeta[]): Promise<void> => {
  const client = new pg.Client({ ...connectionSettings, connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    const work = async () => {
      await makeSchema(client)
      await migrateLocked(client, known)
    }
    await sayingWhy(work())
  } finally {
    await client.end()
  }
}
