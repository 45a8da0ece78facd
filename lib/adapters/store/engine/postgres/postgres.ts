import { type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type pg from 'pg'
import { postgresJson } from '#drizzle/json-text.ts'
import * as schema from '#drizzle/postgres.ts'
import type { Tables } from '#drizzle/tables.ts'
import { databaseTime } from '#drizzle/time.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Database, type OpenOptions, type Step, storageFailure } from '../database.ts'
import { type Upsert, upsertParts } from '../inserts.ts'
import { knownMigrations, migrationsToApply, pendingMigrations, requireCurrent } from '../migrations.ts'
import type { Queries, Statement } from '../queries.ts'
import { noReserve } from '../reserve.ts'
import { appliedMigrations, migratePostgres } from './postgres-migrations.ts'
import { lendingPool, readMs, sqlState, writeMs } from './postgres-pool.ts'

/**
 * In the transaction alone, since a pooler gives the same session to others afterwards: a server that lost us gives back
 * its locks.
 */
const begin = `begin; set local statement_timeout = ${writeMs}; set local idle_in_transaction_session_timeout = ${writeMs}`

const isRead = (text: string) => /^[\s(]*(select|with)\b/i.test(text)

/** What is half moved is not opened. */
const checkMove = async (client: pg.PoolClient) => {
  const { rows } = await client.query("select 1 from high_water_marks where name = 'moving'")
  if (rows.length > 0) throw new Failure('storage_unavailable', { errorCode: 'database_moving' })
}

const quoted = (name: string) => `"${name}"`

/** All rows as one parameter. */
const upsertAll = <T extends SQLiteTable>(q: Queries, upsert: Upsert<T>): Statement => {
  const { columns, before, behind } = upsertParts(upsert)
  const names = columns.map(([name]) => quoted(name)).join(', ')
  const typed = columns.map(([name, column]) => `${quoted(name)} ${column.getSQLType()}`).join(', ')
  const from = sql`json_to_recordset(${JSON.stringify(upsert.rows)}::json) as given (${sql.raw(typed)})`
  const { execute } = q as unknown as { execute(statement: SQL): Statement }
  return execute.call(q, sql`${sql.raw(before)} select ${sql.raw(names)} from ${from} ${sql.raw(behind)}`)
}

export const openPostgres = async (
  url: string,
  { onStatement, readOnly = false, keepMove = false }: OpenOptions,
): Promise<Database> => {
  const { lend, close } = lendingPool(url)
  const known = knownMigrations('postgres')
  const config = { casing: 'snake_case' as const, ...(onStatement && { logger: { logQuery: onStatement } }) }
  const applied = () => lend(readMs, appliedMigrations)

  const prepare = async () => {
    if (readOnly) requireCurrent(known, await applied())
    else if (migrationsToApply(known, await applied()).length > 0) await migratePostgres(url, known)
    if (!keepMove) await lend(readMs, checkMove)
  }

  const run = async (client: pg.PoolClient, { hold, guard, then }: Step) => {
    const handle = drizzle(client, config) as unknown as Queries
    if (hold) await hold(handle)
    const [won] = (await guard(handle)) as Record<string, unknown>[]
    if (won) for (const statement of then(handle)) await statement
    await client.query(won ? 'commit' : 'rollback')
    return won ?? null
  }

  const transaction = async (client: pg.PoolClient, step: Step) => {
    await client.query(begin)
    try {
      return await run(client, step)
    } catch (error) {
      // a connection that broke has nothing to roll back
      if (sqlState(error) !== undefined) await client.query('rollback')
      throw error
    }
  }

  try {
    await prepare()
  } catch (error) {
    await close()
    throw storageFailure(error)
  }
  /** What drizzle takes for a connection: each statement is lent one, and has a deadline. */
  const lender = {
    query: (statement: pg.QueryConfig, params: unknown[]) =>
      lend(isRead(statement.text) ? readMs : writeMs, (client) => client.query(statement, params)),
  }
  const q = drizzle(lender as unknown as pg.Pool, config) as unknown as Queries
  return {
    tables: schema as unknown as Tables,
    q,
    passing: q,
    time: databaseTime,
    json: postgresJson,
    // an array is selected once, whatever the plan: a subquery that ran again would lock more rows than its limit
    toClaim: (id, rows) => sql`${id} = any(array(${rows.getSQL()} for update skip locked))`,
    among: (column, texts) => sql`${column} = any(${sql.param(texts)}::text[])`,
    elements: (array) => sql`json_array_elements((${array})::json)`,
    texts: (array) => sql`json_array_elements_text((${array})::json)`,
    upsert: upsertAll,
    webhookEnabled: false,
    scrub: async () => true,
    reserve: noReserve,
    readOnly,
    atomically: async (step) => {
      try {
        return await lend(writeMs, (client) => transaction(client, step))
      } catch (error) {
        throw storageFailure(error)
      }
    },
    pendingMigrations: async () => pendingMigrations(known, await applied()).length,
    close,
  }
}
