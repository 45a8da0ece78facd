import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const run = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** @returns the address of a new database beside the one that `url` names. */
export const createDatabase = async (url: string, name: string, template = 'template0') => {
  await run(url, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** Drops it, whoever is still connected. */
export const dropDatabase = (url: string, name: string) => run(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)

/** However long it takes: the planner knows how many rows there are once it looked. */
export const analyseDatabase = (url: string) => run(url, 'ANALYZE')

/** The same database, whose sessions PostgreSQL lists under this name. */
export const withSessionName = (url: string, name: string) => {
  const address = new URL(url)
  address.searchParams.set('application_name', name)
  return address.href
}

/** Resolves when no session of that name is left: what a killed client had sent is committed by then, or never will be. */
export const sessionsEnd = async (url: string, name: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const left = async () => {
    const open = 'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1'
    return (await client.query(open, [name])).rows.length
  }
  try {
    while ((await left()) > 0) await sleep(4)
  } finally {
    await client.end()
  }
}

/**
 * Leaves the tables, and nothing in them. `TRUNCATE` makes a new file for each of some 200 tables and indexes, which
 * costs a fifth of a second: worth it only where there is much to delete.
 */
export const emptyDatabase = (url: string) =>
  run(
    url,
    `DO $$ DECLARE name text; BEGIN
      IF pg_database_size(current_database()) > 40000000 THEN
        EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public');
      ELSE
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
          EXECUTE 'DELETE FROM ' || quote_ident(name);
        END LOOP;
      END IF;
    END $$`,
  )
