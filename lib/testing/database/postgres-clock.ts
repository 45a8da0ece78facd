import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/**
 * A clock that only a test moves, for a PostgreSQL database on this machine: its sessions find our `clock_timestamp()` before
 * PostgreSQL's own, and it reads the time from a file. Needs a superuser.
 */
export const moveClockByHand = async (url: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'porte-cles-clock-'))
  const file = join(folder, 'ms')
  // put in place whole: a session may read it at any time
  const set = (at: Date) => {
    writeFileSync(`${file}.next`, String(at.getTime()))
    renameSync(`${file}.next`, file)
  }
  set(new Date())
  // the server is another user's process
  chmodSync(folder, 0o755)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`CREATE SCHEMA test_clock`)
    await client.query(
      `CREATE FUNCTION test_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql
        AS $$ SELECT to_timestamp(pg_read_file('${file}')::float8 / 1000) $$`,
    )
    const name = new URL(url).pathname.slice(1)
    await client.query(`ALTER DATABASE ${name} SET search_path = public, test_clock, pg_catalog`)
  } finally {
    await client.end()
  }
  return { set, remove: () => rmSync(folder, { recursive: true }) }
}
