import { copyFile, rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createContainer } from '#lib/composition/container.ts'
import { type ConnectedTenant, connectedTenant, inDatabase, minute } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeEach(async () => {
  testApp = await openTestApp()
})
afterEach(() => testApp.close())

describe('a database that went back in time', () => {
  const file = () => testApp.databaseUrl.slice('file:'.length)

  const startAgain = async () => {
    const again = await createContainer(testApp.env, { clock: testApp.clock })
    const count = await again.olderDatabase.check()
    await again.close()
    return count
  }

  /** A copy as `cp` makes it of a database that nobody has open. */
  const copyClosed = async (to: string) => {
    await inDatabase(testApp, async () => {})
    await copyFile(file(), to)
    await copyFile(`${file()}-wal`, `${to}-wal`).catch(() => {})
  }

  const restoredAtOf = ({ admin }: ConnectedTenant) =>
    inDatabase(testApp, async ({ q, tables: { connections } }) => {
      const rows = await q.select().from(connections)
      return rows.find(({ tenantId, tokenSetId }) => tenantId === admin.tenantId && tokenSetId)?.restoredAt ?? null
    })

  it('is told by the mark beside the keys, once, whatever the clock says', async () => {
    const tenant = await connectedTenant(testApp)
    await testApp.app.olderDatabase.check()
    testApp.clock.move(61 * minute)
    await tenant.obtain()
    await testApp.app.olderDatabase.settle()
    const old = `${file()}.old`
    await copyClosed(old)
    testApp.clock.move(-24 * 60 * minute)
    testApp.app.olderDatabase.noteStored()
    await testApp.app.olderDatabase.settle()
    expect(await startAgain()).toBe(0)
    const at = await testApp.app.store.restores.findMark()
    await testApp.app.close()
    for (const end of ['', '-wal', '-shm']) await rm(`${file()}${end}`, { force: true })
    await copyFile(old, file())
    await copyFile(`${old}-wal`, `${file()}-wal`).catch(() => {})
    expect(await startAgain()).toBe(1)
    expect((await restoredAtOf(tenant))?.getTime()).toBeLessThan(at?.getTime() ?? 0)
    expect(await startAgain()).toBe(0)
  })

  it('is told by a process that has seen more, before it refreshes', async () => {
    const tenant = await connectedTenant(testApp)
    await testApp.app.olderDatabase.check()
    testApp.app.olderDatabase.noteStored()
    await testApp.app.olderDatabase.settle()
    const back = new Date(testApp.clock.now().getTime() - 60 * minute)
    await inDatabase(testApp, ({ q, tables: { highWaterMarks } }) => q.update(highWaterMarks).set({ at: back }))
    testApp.clock.move(61 * minute)
    // a token set stored in it does not hide it
    testApp.app.olderDatabase.noteStored()
    await testApp.app.olderDatabase.settle()
    expect(await restoredAtOf(tenant)).toEqual(back)
    await testApp.work()
    expect(await tenant.refreshes()).toEqual([])
  })

  it('is not told of one that only grew', async () => {
    const tenant = await connectedTenant(testApp)
    expect(await testApp.app.olderDatabase.check()).toBe(0)
    for (let hour = 0; hour < 3; hour += 1) {
      testApp.clock.move(61 * minute)
      await tenant.obtain()
      await testApp.app.olderDatabase.settle()
      expect(await testApp.app.olderDatabase.check()).toBe(0)
    }
    expect(await startAgain()).toBe(0)
    expect(await restoredAtOf(tenant)).toBeNull()
  })
})
