import { randomUUID } from 'node:crypto'
import BetterSqlite3 from 'better-sqlite3'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { movedTables } from '#lib/adapters/store/operations/moved-tables.ts'
import { type ConnectedTenant, connectedTenant, minute } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { fillTenants } from '#lib/testing/database/bulk-tenants.ts'
import { createDatabase, dropDatabase } from '#lib/testing/database/postgres-databases.ts'
import { createContainer } from '../container.ts'
import { findKeys } from '../encryption-keys.ts'
import type { Env } from '../env.ts'
import { move } from './move.ts'

let testApp: TestApp
let tenant: ConnectedTenant
let to: string
const names: string[] = []
const file = () => testApp.databaseUrl.slice('file:'.length)
const now = () => testApp.clock.now()

const emptyTarget = async () => {
  const name = `moved_${randomUUID().replaceAll('-', '')}`
  names.push(name)
  return createDatabase(inject('postgres').url, name)
}

beforeEach(async () => {
  testApp = await openTestApp({}, 'SQLite')
  tenant = await connectedTenant(testApp)
  to = await emptyTarget()
})
afterEach(async () => {
  await testApp.close()
  for (const name of names.splice(0)) await dropDatabase(inject('postgres').url, name)
})

/** The settings as the operator writes them after the move. */
const movedEnv = (): Env => ({ ...testApp.env, ...findKeys(testApp.env), databaseUrl: to })

const open = (env: Env) => createContainer(env, { clock: testApp.clock, monotonicMs: testApp.clock.monotonicMs })

const query = async (text: string) => {
  const client = new pg.Client({ connectionString: to })
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(text)
  await client.end()
  return rows
}

const refusedAs = (errorCode: string) => ({ code: 'storage_unavailable', evidence: { errorCode } })

describe('move', () => {
  it('brings over every row; the connection goes on there, and the file is opened no more', async () => {
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    await testApp.app.close()
    const result = await move(testApp.env, to, now())
    // a client secret and a token pair
    expect(result).toMatchObject({ moved: { opened: 3, unopened: 0 } })
    await expect(open(testApp.env)).rejects.toMatchObject(refusedAs('database_moved'))
    await expect(openDatabase(testApp.databaseUrl, { readOnly: true })).rejects.toMatchObject(
      refusedAs('database_moved'),
    )
    const app = await open(movedEnv())
    expect(await app.olderDatabase.check()).toBe(0)
    testApp.clock.move(61 * minute)
    const token = await app.getAccessToken.obtain({
      tenantId: tenant.admin.tenantId,
      provider: 'teamleader',
      minTtlMs: 0,
    })
    expect(token).toMatchObject({ version: 3 })
    expect((await tenant.refreshes()).length).toBe(2)
    await app.close()
    expect(await query("select outcome from journal where event = 'database.moved'")).toEqual([{ outcome: 'ok' }])
    expect(await move(testApp.env, to, now())).toBe('already_moved')
    expect(await move(testApp.env, await emptyTarget(), now())).toEqual({ refused: 'moved_elsewhere' })
  })

  it('wants the app stopped, a file, and an empty server', async () => {
    const of = (databaseUrl: string, target = to) => move({ ...testApp.env, databaseUrl }, target, now())
    expect(await of(testApp.databaseUrl)).toEqual({ refused: 'in_use' })
    await testApp.app.close()
    expect(await of(to)).toEqual({ refused: 'no_file' })
    expect(await of(testApp.databaseUrl, 'file:other.db')).toEqual({ refused: 'no_server' })
    expect(await of(`${testApp.databaseUrl}.none`)).toEqual({ refused: 'no_database' })
    const other = await openDatabase(to)
    await fillTenants(other, 1, now())
    await other.close()
    expect(await of(testApp.databaseUrl)).toEqual({ refused: 'target_not_empty' })
    await (await open(testApp.env)).close()
  })

  describe('broken off', () => {
    const tenants = 2_500

    /** As when PostgreSQL or the operator ends it: in the middle of a table. */
    const breakOff = async () => {
      const db = await openDatabase(testApp.databaseUrl)
      await fillTenants(db, tenants, now())
      await db.close()
      await testApp.app.close()
      const broken = move(testApp.env, to, now(), ({ table, rows }) => {
        if (table === 'clients' && rows === 2_000) throw new Error('broken off')
      })
      await expect(broken).rejects.toThrow('broken off')
    }

    it('goes on where it was; until then nobody opens what is half moved', async () => {
      await breakOff()
      await expect(open(movedEnv())).rejects.toMatchObject(refusedAs('database_moving'))
      const copied: string[] = []
      const result = await move(testApp.env, to, now(), ({ table, rows }) => copied.push(`${table} ${rows}`))
      expect(copied[0]).toBe(`clients ${tenants + 1}`)
      expect(result).toMatchObject({ moved: { opened: 3 } })
      const [row] = await query('select count(*)::integer as n from tenants')
      expect(row).toEqual({ n: tenants + 1 })
      await (await open(movedEnv())).close()
    })

    it('is given up by who opens the file again', async () => {
      await breakOff()
      await (await open(testApp.env)).close()
      expect(await move(testApp.env, to, now())).toEqual({ refused: 'target_of_another_move' })
      expect(await move(testApp.env, await emptyTarget(), now())).toMatchObject({ moved: { opened: 3 } })
    })

    it('between the two marks, only the last one is set', async () => {
      await breakOff()
      const client = new BetterSqlite3(file())
      client.exec("UPDATE high_water_marks SET name = 'moved' WHERE name = 'moving'")
      client.close()
      expect(await move(testApp.env, to, now())).toMatchObject({ moved: { opened: 3 } })
      expect(await move(testApp.env, to, now())).toBe('already_moved')
    })

    it('finds what somebody changed in the new database meanwhile, and leaves the file in use', async () => {
      await breakOff()
      await query("update tenants set name = 'another' where id = 't7'")
      expect(await move(testApp.env, to, now())).toEqual({ refused: 'not_equal' })
      await (await open(testApp.env)).close()
    })
  })
})

it('moves every table there is, computed columns aside', () => {
  expect(movedTables.map(({ name }) => name).sort()).toContain('erased_ids')
  const computed = movedTables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`))
  expect(computed).not.toContain('connections.urgency')
  expect(computed).toContain('companies.n')
})
