import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#lib/adapters/store/engine/database.ts'

interface Raw {
  run?(statement: SQL): unknown
  execute?(statement: SQL): unknown
}

const raw = ({ q }: Database, statement: SQL) => {
  const handle = q as unknown as Raw
  return 'execute' in q ? handle.execute?.(statement) : handle.run?.(statement)
}

/** Planners know how many rows there are once they looked. */
export const analyse = async (db: Database) => {
  await raw(db, sql`ANALYZE`)
}

/** `seconds` before `now`, as each database writes it. */
const before = ({ q }: Database, now: Date, seconds: SQL) =>
  'execute' in q
    ? sql`${now.toISOString()}::timestamptz - make_interval(secs => ${seconds})`
    : sql`${sql.raw(String(now.getTime()))} - 1000 * (${seconds})`

/**
 * So many tenants that only a planner looks at, made by the database itself in a second. All are found by « client »; by
 * « name7 » one in five hundred, and by its number each. One in a hundred waits for
 * help, one in ten has a second connection, and one in ten an authorization that failed.
 */
export const fillTenants = async (db: Database, count: number, now: Date) => {
  const n = sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${sql.raw(String(count))})`
  const i = sql`CAST(i AS text)`
  const since = before(db, now, sql`i`)
  const state = sql`CASE i % 300 WHEN 0 THEN 'reconnect_required' WHEN 1 THEN 'misconfigured' WHEN 2 THEN 'degraded'
    WHEN 3 THEN 'awaiting_authorization' WHEN 4 THEN 'unconfigured' ELSE 'connected' END`
  const connect = (id: string, provider: string, every: number) => sql`
    INSERT INTO connections (id, tenant_id, provider, client_id, token_set_id, state, since, sort_name, revision, enabled, attempts)
    ${n} SELECT ${sql.raw(`'${id}'`)} || i, 't' || i, ${sql.raw(`'${provider}'`)}, 'k' || i, 's' || i, ${state}, ${since},
      'client ' || ${i}, 1, i % 40 <> 0, 0 FROM n WHERE i % ${sql.raw(String(every))} = 0`
  const word = (word: SQL) => sql`INSERT INTO search_words (tenant_id, word) ${n} SELECT 't' || i, ${word} FROM n`
  const statements = [
    sql`INSERT INTO tenants (id, name, ref, sort_name, created_at)
      ${n} SELECT 't' || i, 'Client ' || i, ${i}, 'client ' || ${i}, ${since} FROM n`,
    word(sql`'client'`),
    word(sql`${i}`),
    word(sql`'name' || CAST(i % 500 AS text)`),
    sql`INSERT INTO clients (id, tenant_id, provider, identifier, sealed_secret, secret_generation, secret_last4, secret_set_at)
      ${n} SELECT 'k' || i, 't' || i, 'teamleader', ${i}, '', 1, '', ${since} FROM n`,
    connect('c', 'teamleader', 1),
    connect('d', 'teo', 10),
    sql`INSERT INTO token_sets (id, tenant_id, connection_id, client_id, provider, generation, sealed_access_token,
        sealed_refresh_token, expires_at, lifetime_ms, created_at, access_refused, known_state, identity, identity_due_at)
      ${n} SELECT 's' || i, 't' || i, 'c' || i, 'k' || i, 'teamleader', 1, '', '', ${since}, 1, ${since}, i < 0, i > 0,
        'read', ${since} FROM n`,
    sql`INSERT INTO users (id, tenant_id, role, email, name, locale, created_at)
      ${n} SELECT 'u' || i, 't' || i, 'admin', ${i}, 'Anne', 'fr', ${since} FROM n`,
    sql`INSERT INTO pending_authorizations (id, tenant_id, connection_id, client_id, user_id, redirect_uri, state_hash,
        nonce_hash, step, created_at, stepped_at, expires_at)
      ${n} SELECT 'p' || i, 't' || i, 'c' || i, 'k' || i, 'u' || i, '', ${i}, ${i},
        CASE i % 10 WHEN 0 THEN 'failed' ELSE 'done' END, ${since}, ${since}, ${since} FROM n`,
  ]
  for (const statement of statements) await raw(db, statement)
}
