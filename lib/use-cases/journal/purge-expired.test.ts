import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { purgeExpired } from './purge-expired.ts'

const day = 24 * 3_600_000

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const inDatabase = async <T>(work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>) => {
  const db = await openDatabase(testApp.databaseUrl)
  return work(db).finally(db.close)
}

const count = () =>
  inDatabase(async ({ q, tables: { journal, sessions, throttleLog, pendingAuthorizations } }) => ({
    journal: (await q.select().from(journal)).length,
    sessions: (await q.select().from(sessions)).length,
    throttle: (await q.select().from(throttleLog)).length,
    authorizations: (await q.select().from(pendingAuthorizations)).length,
  }))

const forgetAll = async () => {
  while (await testApp.app.purgeExpired());
}

test('what ended is forgotten in its time, and what the page reads stays', async () => {
  const { admin } = await testApp.connected()
  testApp.clock.move(1_000)
  await testApp.app.startAuthorization.begin(admin, 'teamleader', testApp.app.random.secret())
  await testApp.app.signIn.begin({ email: admin.email, password: 'une phrase assez longue', ip: null })
  const begun = await count()
  expect(begun).toMatchObject({ sessions: 1, authorizations: 2 })
  await forgetAll()
  expect(await count()).toEqual(begun)
  testApp.clock.move(32 * day)
  await forgetAll()
  expect(await count()).toEqual({ journal: begun.journal, sessions: 0, throttle: 0, authorizations: 1 })
  expect((await testApp.record(admin)).newest?.step).toBe('pending')
  testApp.clock.move(369 * day)
  await forgetAll()
  expect((await count()).journal).toBe(0)
  expect((await testApp.record(admin)).newest?.step).toBe('pending')
})

test('many entries go in more rounds than one', async () => {
  const at = new Date(testApp.clock.now().getTime() - 500 * day)
  await inDatabase(async ({ q, tables: { journal } }) => {
    const entry = {
      tenantId: null,
      connectionId: null,
      actor: 'system',
      event: 'outage.closed',
      outcome: 'ok',
    } as const
    const rows = Array.from({ length: 700 }, (_, id) => ({ ...entry, at, id: String(id), detail: {} }))
    await q.insert(journal).values(rows)
  })
  expect(await testApp.app.purgeExpired()).toBe(true)
  expect((await count()).journal).toBe(200)
  expect(await testApp.app.purgeExpired()).toBe(false)
  expect((await count()).journal).toBe(0)
})

test('zero days keep the journal for good', async () => {
  await testApp.addAdmin()
  const { journal } = await count()
  testApp.clock.move(4_000 * day)
  await purgeExpired({ ...testApp.app, journalRetentionDays: 0 })()
  expect((await count()).journal).toBe(journal)
})

test('a question nobody answered for a day is forgotten though nobody looks, and journaled once', async () => {
  const { admin, integration } = await testApp.configuredTenant()
  const record = await testApp.record(admin)
  await testApp.app.redeemPastedCode.paste(admin, record, await testApp.code(integration.clientId), null)
  expect((await testApp.record(admin)).candidate).not.toBeNull()
  testApp.clock.move(day)
  await testApp.app.refreshDueTokens.sweep()
  expect((await testApp.record(admin)).candidate).not.toBeNull()
  testApp.clock.move(1)
  await Promise.all([testApp.app.refreshDueTokens.sweep(), testApp.app.refreshDueTokens.sweep()])
  expect((await testApp.record(admin)).candidate).toBeNull()
  expect((await testApp.journal(admin)).filter((line) => line === 'candidate.forgotten ok')).toHaveLength(1)
})
