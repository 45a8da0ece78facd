import { rm, stat, symlink } from 'node:fs/promises'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConnectedTenant, connectedTenant, minute, refusal } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

/** The database refuses writes of a kind, as a full disk would, until it is switched back. */
const refuseWrites = (when: string) => {
  const file = new BetterSqlite3(testApp.databaseUrl.slice('file:'.length))
  file.exec(`CREATE TRIGGER full_disk BEFORE UPDATE ON token_sets WHEN ${when}
    BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`)
  return () => {
    file.exec('DROP TRIGGER full_disk')
    file.close()
  }
}

const atItsEnd = async () => {
  const tenant = await connectedTenant(testApp)
  testApp.clock.move(61 * minute)
  return tenant
}

const answered = async (tenant: ConnectedTenant) => {
  while (!(await tenant.refreshes()).some(({ delivered }) => delivered)) await new Promise(setImmediate)
}

describe('a database that takes no writes', () => {
  it.each([
    ['the lease', 'NEW.lease_owner IS NOT NULL'],
    ['the intent', 'NEW.intent_fingerprint IS NOT NULL'],
  ])('for %s: no call is made that could not be recorded', async (_, when) => {
    const tenant = await atItsEnd()
    const repair = refuseWrites(when)
    await expect(tenant.obtain()).rejects.toEqual(refusal('storage_unavailable'))
    await testApp.app.refreshDueTokens.refreshDue()
    expect(await tenant.refreshes()).toHaveLength(0)
    repair()
    expect((await tenant.obtain()).version).toBe(2)
    await tenant.expectSound(2)
  })

  it('for the new pair: storing it is retried until there is room', async () => {
    const tenant = await atItsEnd()
    const repair = refuseWrites('NEW.generation > OLD.generation')
    const asked = tenant.obtain()
    await answered(tenant)
    expect((await tenant.row()).generation).toBe(1)
    repair()
    expect((await asked).version).toBe(2)
    expect(await tenant.refreshes()).toHaveLength(1)
    await tenant.expectSound(2)
  })

  it('while room cannot be reserved: nobody is asked for tokens', async () => {
    const tenant = await atItsEnd()
    const reserve = `${testApp.databaseUrl.slice('file:'.length)}.reserve`
    await rm(reserve)
    // whoever writes to this device is told that there is no space left
    await symlink('/dev/full', `${reserve}.${process.pid}`)
    await expect(tenant.obtain()).rejects.toMatchObject({
      code: 'storage_unavailable',
      evidence: { errorCode: 'ENOSPC' },
    })
    expect(await tenant.refreshes()).toHaveLength(0)
    expect((await tenant.obtain()).version).toBe(2)
    expect((await stat(reserve)).size).toBe(1024 * 1024)
  })

  it('locked by another program: 503 for callers, and no call', { timeout: 40_000 }, async () => {
    const tenant = await atItsEnd()
    const file = new BetterSqlite3(testApp.databaseUrl.slice('file:'.length))
    file.exec('BEGIN IMMEDIATE')
    await expect(tenant.obtain()).rejects.toEqual(refusal('storage_unavailable'))
    file.exec('ROLLBACK')
    file.close()
    expect(await tenant.refreshes()).toHaveLength(0)
    expect((await tenant.obtain()).version).toBe(2)
  })
})
