import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, inject } from 'vitest'
import { noon } from '#lib/testing/database/fixtures.ts'
import { dialects } from '#lib/testing/database/fresh-database.ts'
import { createDatabase, dropDatabase } from '#lib/testing/database/postgres-databases.ts'
import { store } from '../store.ts'
import { openDatabase } from './open-database.ts'

const [sqlite, postgres] = dialects
const older = { code: 'storage_unavailable', evidence: { errorCode: 'database_older' } }
const fileOf = (url: string) => url.slice('file:'.length)
const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** The files of a database, with what is in each. */
const filesOf = (url: string) => {
  const folder = dirname(fileOf(url))
  return readdirSync(folder).map((name) => [name, digest(`${folder}/${name}`)])
}

describe.each(dialects)('a database opened on $dialect to be looked at', ({ test }) => {
  test('is ready, tells what is in it, and had nothing written to it', async ({ url, store: writing, db }) => {
    await writing.vaultKeys.add({ id: 'k1', sealedProbe: 'probe', at: noon })
    const looking = await openDatabase(url, { readOnly: true })
    await store(looking).ready()
    expect(await store(looking).vaultKeys.list()).toEqual([{ id: 'k1', sealedProbe: 'probe' }])
    await looking.close()
    expect(await db.q.select().from(db.tables.throttleLog)).toEqual([])
  })
})

describe('a SQLite file opened to be looked at', () => {
  sqlite.test('is the same afterwards, and no other file is left beside it', async ({ url }) => {
    await (await openDatabase(url)).close()
    const before = filesOf(url)
    const looking = await openDatabase(url, { readOnly: true })
    await store(looking).ready()
    const writing = store(looking).vaultKeys.add({ id: 'k1', sealedProbe: 'probe', at: noon })
    await expect(writing).rejects.toMatchObject({ code: 'storage_unavailable' })
    await looking.close()
    expect(filesOf(url)).toEqual(before)
  })

  sqlite.test('is not migrated: it is refused as it is', async ({ url }) => {
    new BetterSqlite3(fileOf(url)).exec('create table tenants (id text)').close()
    const before = filesOf(url)
    await expect(openDatabase(url, { readOnly: true })).rejects.toMatchObject(older)
    expect(filesOf(url)).toEqual(before)
  })

  sqlite.test('is not made', async ({ url }) => {
    await expect(openDatabase(`${url}.none`, { readOnly: true })).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect(existsSync(`${fileOf(url)}.none`)).toBe(false)
  })
})

describe('a PostgreSQL database opened to be looked at', () => {
  postgres.test('is not migrated: it is refused as it is', async () => {
    const { url: server } = inject('postgres')
    const name = `porte_cles_read_only_${process.pid}`
    const url = await createDatabase(server, name)
    try {
      await expect(openDatabase(url, { readOnly: true })).rejects.toMatchObject(older)
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      const { rows } = await client.query(
        `select 1 from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
      )
      await client.end()
      expect(rows).toEqual([])
    } finally {
      await dropDatabase(server, name)
    }
  })
})
