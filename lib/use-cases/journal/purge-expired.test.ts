import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/database.ts'
import { type Office, openOffice } from '#lib/testing/app/test-app.ts'
import { purgeExpired } from './purge-expired.ts'

const day = 24 * 3_600_000

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const inDatabase = async <T>(work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>) => {
  const db = await openDatabase(office.databaseUrl)
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
  while (await office.app.purgeExpired());
}

test('what ended is forgotten in its time, and what the page reads stays', async () => {
  const { admin } = await office.connected()
  office.clock.move(1_000)
  await office.app.startAuthorization.begin(admin, 'teamleader', office.app.random.secret())
  await office.app.signIn.begin({ email: admin.email, password: 'une phrase assez longue', ip: null })
  const begun = await count()
  expect(begun).toMatchObject({ sessions: 1, authorizations: 2 })
  await forgetAll()
  expect(await count()).toEqual(begun)
  office.clock.move(32 * day)
  await forgetAll()
  expect(await count()).toEqual({ journal: begun.journal, sessions: 0, throttle: 0, authorizations: 1 })
  expect((await office.record(admin)).newest?.step).toBe('pending')
  office.clock.move(369 * day)
  await forgetAll()
  expect((await count()).journal).toBe(0)
  expect((await office.record(admin)).newest?.step).toBe('pending')
})

test('many entries go in more rounds than one', async () => {
  const at = new Date(office.clock.now().getTime() - 500 * day)
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
  expect(await office.app.purgeExpired()).toBe(true)
  expect((await count()).journal).toBe(200)
  expect(await office.app.purgeExpired()).toBe(false)
  expect((await count()).journal).toBe(0)
})

test('zero days keep the journal for good', async () => {
  await office.addAdmin()
  const { journal } = await count()
  office.clock.move(4_000 * day)
  await purgeExpired({ ...office.app, journalRetentionDays: 0 })()
  expect((await count()).journal).toBe(journal)
})

test('a question nobody answered for a day is forgotten though nobody looks, and journaled once', async () => {
  const { admin, integration } = await office.configuredTenant()
  const record = await office.record(admin)
  await office.app.redeemPastedCode.paste(admin, record, await office.code(integration.clientId), null)
  expect((await office.record(admin)).candidate).not.toBeNull()
  office.clock.move(day)
  await office.app.refreshDueTokens.sweep()
  expect((await office.record(admin)).candidate).not.toBeNull()
  office.clock.move(1)
  await Promise.all([office.app.refreshDueTokens.sweep(), office.app.refreshDueTokens.sweep()])
  expect((await office.record(admin)).candidate).toBeNull()
  expect((await office.journal(admin)).filter((line) => line === 'candidate.forgotten ok')).toHaveLength(1)
})
