import { once } from 'node:events'
import { copyFileSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settleAfterMs } from '#lib/domain/tokens/refresh-policy.ts'
import { type ConnectedTenant, connectedTenant, minute } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { createContainer } from '../container.ts'
import { backUp, restore } from './backup.ts'

let testApp: TestApp
let tenant: ConnectedTenant
let backup: string
const file = () => testApp.databaseUrl.slice('file:'.length)
const now = () => testApp.clock.now()

beforeEach(async () => {
  testApp = await openTestApp()
  backup = join(file(), '..', 'backup.db')
  tenant = await connectedTenant(testApp)
})
afterEach(() => testApp.close())

const restoreOver = (replace = true) => restore(testApp.env, { from: backup, replace, now: now() })

const reopen = async <T>(work: (app: Awaited<ReturnType<typeof createContainer>>) => Promise<T>): Promise<T> => {
  const { clock } = testApp
  const app = await createContainer(testApp.env, { clock, monotonicMs: clock.monotonicMs })
  // a process that has run for a while: a young one leaves open intents alone
  clock.age(settleAfterMs)
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

const tokenOf = (app: TestApp['app']) => app.store.tokens.read(tenant.admin.tenantId, 'teamleader', now())

describe('backup', () => {
  it('makes one whole private file of a database in use, without the keys', async () => {
    expect(await backUp(testApp.env, backup, now())).toBeNull()
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    for (const end of ['-wal', '-shm', '-journal', '.keys']) expect(existsSync(`${backup}${end}`)).toBe(false)
    const copy = new BetterSqlite3(backup, { readonly: true })
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(copy.prepare('SELECT count(*) FROM token_sets').pluck().get()).toBe(1)
    copy.close()
    const keys = readFileSync(`${file()}.keys`, 'utf8').match(/k1:(.+)/)?.[1] ?? ''
    expect(keys.length).toBeGreaterThan(40)
    expect(readFileSync(backup).includes(keys)).toBe(false)
    expect((await tenant.obtain()).version).toBe(1)
  })

  it('overwrites nothing, and says where it cannot be', async () => {
    writeFileSync(backup, 'mine')
    expect(await backUp(testApp.env, backup, now())).toBe('exists')
    expect(readFileSync(backup, 'utf8')).toBe('mine')
    expect(await backUp(testApp.env, join(backup, '..', 'nowhere', 'x.db'), now())).toBe('no_folder')
    expect(await backUp(testApp.env, '/dev/null/porte-cles.db', now())).toBe('unwritable')
  })
})

describe('restore', () => {
  it('is refused while a process has the database open, and changes nothing', async () => {
    await backUp(testApp.env, backup, now())
    expect(await restoreOver(false)).toEqual({ refused: 'exists' })
    expect(await restoreOver()).toEqual({ refused: 'in_use' })
    expect((await tenant.obtain()).version).toBe(1)
    expect((await testApp.record(tenant.admin)).restoredAt).toBeNull()
  })

  it('brings back what was, quarantined, of when the backup was made; the next start finds it so', async () => {
    await testApp.app.olderDatabase.check()
    await backUp(testApp.env, backup, now())
    const madeAt = now()
    testApp.clock.move(61 * minute)
    expect((await tenant.obtain()).version).toBe(2)
    await testApp.app.close()
    expect(await restoreOver()).toEqual({ restored: { count: 1, from: madeAt } })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(existsSync(`${file()}.restoring`)).toBe(false)
    await reopen(async (app) => {
      expect(await app.olderDatabase.check()).toBe(0)
      expect(await tokenOf(app)).toMatchObject({ version: 1, restoredAt: madeAt })
      await app.refreshDueTokens.sweep()
      await app.refreshDueTokens.refreshDue()
      expect((await tenant.refreshes()).length).toBe(1)
      await app.resumeRestored.resumeAll({ kind: 'operator' })
      await app.refreshDueTokens.refreshDue()
      // the refresh token of the backup was used once since
      expect(await tokenOf(app)).toMatchObject({
        status: { state: 'reconnect_required', reason: 'lost_response' },
        restoredAt: null,
      })
    })
  })

  it('makes the database where there is none', async () => {
    await backUp(testApp.env, backup, now())
    await testApp.app.close()
    for (const end of ['', '-wal', '-shm'])
      if (existsSync(`${file()}${end}`)) renameSync(`${file()}${end}`, `${file()}.moved${end}`)
    expect(await restoreOver(false)).toMatchObject({ restored: { count: 1 } })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    await reopen(async (app) => expect((await tokenOf(app))?.restoredAt).toBeInstanceOf(Date))
  })

  it.each([
    ['text', (path: string) => writeFileSync(path, 'no database at all'.repeat(100))],
    ['another database', (path: string) => new BetterSqlite3(path).exec('CREATE TABLE t (x)').close()],
    [
      'a damaged copy',
      (path: string) => {
        copyFileSync(file(), path)
        writeFileSync(path, readFileSync(path).fill(0x5a, 100))
      },
    ],
  ])('refuses %s, and leaves the database as it is', async (_, make) => {
    await testApp.app.close()
    make(backup)
    expect(await restoreOver()).toEqual({ refused: 'bad_backup' })
    await reopen(async (app) => expect(await tokenOf(app)).toMatchObject({ version: 1, restoredAt: null }))
  })

  it('refuses the database itself, no file, and a damaged database in place', async () => {
    await backUp(testApp.env, backup, now())
    await testApp.app.close()
    const of = (from: string) => restore(testApp.env, { from, replace: true, now: now() })
    expect(await of(file())).toEqual({ refused: 'same_file' })
    expect(await of(`${backup}.none`)).toEqual({ refused: 'no_backup' })
    const nobodyReads = createServer().listen(`${backup}.socket`)
    await once(nobodyReads, 'listening')
    expect(await of(`${backup}.socket`)).toEqual({ refused: 'unreadable' })
    nobodyReads.close()
    writeFileSync(file(), 'no database at all'.repeat(100))
    expect(await of(backup)).toEqual({ refused: 'damaged' })
  })

  it('and backup name what PostgreSQL has instead', async () => {
    const env = { ...testApp.env, databaseUrl: 'postgres://localhost/porte_cles' }
    expect(await backUp(env, backup, now())).toBe('no_file')
    expect(await restore(env, { from: backup, replace: false, now: now() })).toEqual({ refused: 'no_file' })
  })
})
