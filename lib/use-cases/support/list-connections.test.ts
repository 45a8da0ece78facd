import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { startScheduler } from '#lib/composition/scheduler.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConsolePlace, ConsoleView } from '#lib/domain/support/console-view.ts'
import { inDatabase } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { seedTenants } from '#lib/testing/database/seed-tenants.ts'
import { countConnections } from './count-connections.ts'
import { pageLength } from './list-connections.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
  await inDatabase(testApp, (db) => seedTenants(db, 0, 60, testApp.clock.now()))
})
afterAll(() => testApp.close())

const view: ConsoleView = {
  ...{ prefixes: [], urgency: null, provider: 'teamleader', failedSince: null },
  sort: { by: 'name', descending: false },
}

const names = ({ rows }: { rows: { tenant: { name: string } }[] }) => rows.map(({ tenant }) => tenant.name)

test('pages lead through the whole list and back, and end where it ends', async () => {
  const page = testApp.app.listConnections
  const first = await page(view, null)
  expect(first.rows).toHaveLength(pageLength)
  expect(first).toMatchObject({ previous: null, next: expect.anything(), partial: false })
  const second = await page(view, { place: first.next as ConsolePlace, backward: false })
  const third = await page(view, { place: second.next as ConsolePlace, backward: false })
  expect(third.rows).toHaveLength(60 - 2 * pageLength)
  expect(third.next).toBeNull()
  expect(new Set([first, second, third].flatMap(names)).size).toBe(60)
  expect(await page(view, { place: third.previous as ConsolePlace, backward: true })).toEqual(second)
  expect(await page(view, { place: second.previous as ConsolePlace, backward: true })).toEqual(first)
})

test('a cursor that nothing lies beyond answers the first page', async () => {
  const page = testApp.app.listConnections
  const end = { rank: 6, since: new Date(), sortName: 'zzz', id: 'z' }
  expect(await page(view, { place: end, backward: false })).toEqual(await page(view, null))
})

test('the counts are kept for ten seconds, and a failed count for none', async () => {
  let ms = 0
  const counting = countConnections({ ...testApp.app, monotonicMs: () => ms })
  const { tenants } = await counting()
  expect(tenants).toBe(60)
  await testApp.addAdmin('Nouveau SRL')
  ms = 9_999
  expect(await counting()).toMatchObject({ tenants: 60 })
  ms = 10_000
  expect(await counting()).toMatchObject({ tenants: 61, connections: { unconfigured: expect.any(Number) } })
  const failing = { ...testApp.app.store.console, count: () => Promise.reject(new Error('no database')) }
  const broken = countConnections({ ...testApp.app, store: { ...testApp.app.store, console: failing } })
  await expect(broken()).rejects.toThrow('no database')
  failing.count = testApp.app.store.console.count as never
  expect(await broken()).toMatchObject({ tenants: 61 })
})

test('a tenant of an older version is found once the background work has completed it', async () => {
  const old = { id: 'old' as TenantId, name: 'Zébrée SRL', createdAt: new Date() }
  const db = await openDatabase(testApp.databaseUrl)
  await db.q.insert(db.tables.tenants).values(old)
  await db.close()
  const found = async () => names(await testApp.app.listConnections({ ...view, prefixes: ['zebr'] }, null))
  expect(await found()).toEqual([])
  const scheduler = startScheduler(testApp.app)
  await vi.waitFor(async () => expect(await found()).toEqual(['Zébrée SRL']), { timeout: 10_000, interval: 20 })
  await scheduler.stop()
})
