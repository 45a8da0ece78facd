import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type JournalFilter, wholeJournal } from '#lib/domain/journal/journal-view.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const signIns: JournalFilter = { ...wholeJournal, events: ['session.ended'] }

const fill = async (tenantId: TenantId, length: number) => {
  const db = await openDatabase(testApp.databaseUrl)
  const entry = { tenantId, connectionId: null, actor: 'system', event: 'session.ended', outcome: 'ok' } as const
  const at = (index: number) => new Date(testApp.clock.now().getTime() - 1 - Math.floor(index / 4))
  const rows = Array.from({ length }, (_, id) => ({ ...entry, id: `${tenantId}-${id}`, at: at(id), detail: {} }))
  await db.q.insert(db.tables.journal).values(rows)
  await db.close()
}

test('what the filter shows leaves whole, in batches, and how much is journaled before', async () => {
  const [admin, other] = [await testApp.addAdmin(), await testApp.addAdmin('Autre')]
  testApp.clock.move(1_000)
  await fill(admin.tenantId, 1_203)
  await fill(other.tenantId, 10)
  const ip = '192.0.2.7'
  const batches = await testApp.app.exportJournal({ ...admin, ip }, signIns, { show: 'sign_ins', to: null })
  const [entries] = await testApp.app.store.journal.list(admin.tenantId, { ...signIns, events: null }, null, 1)
  expect(entries).toMatchObject({ event: 'journal.exported', ip: ip, detail: { show: 'sign_ins', rows: 1_203 } })
  // what comes meanwhile is no part of it
  await testApp.app.store.journal.append({
    ...{ at: testApp.clock.now(), tenantId: admin.tenantId, connectionId: null, actor: { kind: 'system' } },
    ...{ event: 'session.ended', outcome: 'ok', detail: {} },
  })
  const sizes: number[] = []
  const ids = new Set<string>()
  for await (const lines of batches) {
    sizes.push(lines.length)
    for (const { id } of lines) ids.add(id)
  }
  expect(sizes).toEqual([200, 200, 200, 200, 200, 200, 3])
  expect(ids.size).toBe(1_203)
  expect([...ids].every((id) => id.startsWith(admin.tenantId))).toBe(true)
})

test('support has the journal of all, and that it did is nobody’s but the platform’s', async () => {
  const [admin, other] = [await testApp.addAdmin(), await testApp.addAdmin('Autre')]
  testApp.clock.move(1_000)
  await fill(admin.tenantId, 3)
  await fill(other.tenantId, 4)
  const email = 'support@pro-plus.example'
  await testApp.app.createAccounts.addUser(
    { email, role: 'support', tenantId: null, password: 'quatre mots à la suite' },
    { kind: 'operator' },
  )
  const support = (await testApp.app.store.accounts.findSignIn(email))?.user
  if (support?.role !== 'support') throw new Error('support is not there')
  const from = testApp.clock.now()
  const batches = await testApp.app.exportJournal(support, { ...signIns, from: new Date(from.getTime() - 10) }, {})
  const tenants = new Set<string | undefined>()
  for await (const lines of batches) for (const { tenant } of lines) tenants.add(tenant?.name)
  expect(tenants).toEqual(new Set(['Atelier Delvaux SRL', 'Autre']))
  const [entry] = await testApp.app.store.journal.list(
    'all',
    { ...wholeJournal, events: ['journal.exported'] },
    null,
    1,
  )
  expect(entry).toMatchObject({ tenant: null, actor: { user: { role: 'support' } } })
})
