import BetterSqlite3 from 'better-sqlite3'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, vi } from 'vitest'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { store } from '../store.ts'
import { knownMigrations } from './migrations.ts'
import { openDatabase } from './open-database.ts'

/** Runs statements as somebody else would, beside the app. */
const exec = async (url: string, ...statements: string[]) => {
  if (url.startsWith('file:')) {
    const file = new BetterSqlite3(url.slice('file:'.length))
    for (const statement of statements) file.exec(statement)
    return file.close()
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  return client.end()
}

const log = (dialect: string) => (dialect === 'SQLite' ? '__drizzle_migrations' : 'drizzle.__drizzle_migrations')
const refused = (errorCode: string) => ({ code: 'storage_unavailable', evidence: { errorCode } })

describe.each(dialects)('the migrations of $dialect', ({ dialect, test }) => {
  test('a database that a newer program migrated is refused by name', async ({ url, db }) => {
    const newest = 4_000_000_000_000
    await exec(url, `insert into ${log(dialect)} (hash, created_at) values ('of a newer program', ${newest})`)
    try {
      await expect(openDatabase(url)).rejects.toMatchObject(refused('database_newer'))
      // who runs already goes on: a rolling deploy migrates under it
      expect(await db.pendingMigrations()).toBe(0)
      await store(db).ready()
    } finally {
      await exec(url, `delete from ${log(dialect)} where created_at = ${newest}`)
    }
  })

  test('readiness tells a table that was dropped, and a migration that is missing', async ({ url, db }) => {
    await store(db).ready()
    const newest = knownMigrations(dialect === 'SQLite' ? 'sqlite' : 'postgres').at(-1)?.folderMillis
    await exec(url, `update ${log(dialect)} set created_at = -1 where created_at = ${newest}`)
    await expect(store(db).ready()).rejects.toMatchObject(refused('database_older'))
    await exec(url, `update ${log(dialect)} set created_at = ${newest} where created_at = -1`)
    await store(db).ready()
    await exec(url, 'alter table guide_steps rename to guide_steps_gone')
    try {
      await expect(store(db).ready()).rejects.toMatchObject({ code: 'storage_unavailable' })
    } finally {
      await exec(url, 'alter table guide_steps_gone rename to guide_steps')
    }
  })

  test('readiness asks once in five seconds, however often it is asked', async ({ url, db }) => {
    let ms = 0
    const { ready } = store(db, () => ms)
    await ready()
    await exec(url, 'alter table guide_steps rename to guide_steps_gone')
    try {
      await ready()
      ms = 5_000
      await expect(ready()).rejects.toMatchObject({ code: 'storage_unavailable' })
    } finally {
      await exec(url, 'alter table guide_steps_gone rename to guide_steps')
    }
    await expect(ready()).rejects.toMatchObject({ code: 'storage_unavailable' })
  })
})

const [sqlite, postgres] = dialects

describe('readiness', () => {
  sqlite.test('tells that SQLite takes no write', async ({ url, db }) => {
    const file = new BetterSqlite3(url.slice('file:'.length))
    file.exec('BEGIN IMMEDIATE')
    await expect(store(db).ready()).rejects.toMatchObject(refused('SQLITE_BUSY'))
    file.close()
  })

  postgres.test('tells that the database can only be read', async ({ url }) => {
    const readonly = await openDatabase(`${url}?options=-c%20default_transaction_read_only%3Don`)
    await expect(store(readonly).ready()).rejects.toMatchObject(refused('25006'))
    await readonly.close()
  })
})

describe('a start while another process holds the lock of the migrations', () => {
  let output = ''
  beforeEach(() => {
    output = ''
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      output += String(text)
      return true
    })
  })
  afterEach(() => vi.restoreAllMocks())

  postgres.test('does not wait when the migrations are current', async ({ url }) => {
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    await other.query('begin; select id from drizzle.migration_lock for update')
    await (await openDatabase(url)).close()
    await other.query('rollback')
    await other.end()
    expect(output).toBe('')
  })

  postgres.test('waits when they are not, and says what for', async ({ url }) => {
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    const { rows } = await other.query(
      'delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations) returning hash, created_at',
    )
    await other.query('begin; select id from drizzle.migration_lock for update')
    const opening = openDatabase(url)
    await vi.waitFor(() => expect(output).toContain('Waiting to migrate the database, at most 60 s'), 10_000)
    // as the process would that holds it: what the other waits for is done when it looks again
    await other.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      rows[0].hash,
      rows[0].created_at,
    ])
    await other.query('commit')
    await other.end()
    const db = await opening
    expect(await db.pendingMigrations()).toBe(0)
    await db.close()
  })
})
