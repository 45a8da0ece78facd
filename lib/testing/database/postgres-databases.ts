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

/** Leaves the tables, and nothing in them. */
export const emptyDatabase = (url: string) =>
  run(
    url,
    `DO $$ BEGIN EXECUTE (
      SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'
    ); END $$`,
  )
