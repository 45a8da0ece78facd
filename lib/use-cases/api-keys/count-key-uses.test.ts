import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '#lib/adapters/store/engine/open-database.ts'
import { createContainer } from '#lib/composition/container.ts'
import { Failure } from '#lib/domain/failure.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { countKeyUses } from './count-key-uses.ts'

const operator = { kind: 'operator' } as const
const scopes = ['teamleader:token'] as const

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const entries = async () => {
  const db = await openDatabase(testApp.databaseUrl)
  const rows = await db.q.select().from(db.tables.journal)
  await db.close()
  return rows
    .filter(({ event }) => event === 'api_key.used')
    .map(({ tenantId, actor, detail }) => ({ tenantId, actor, ...detail }))
}

const ask = (key: string, tenant?: string) =>
  testApp.app.manageApiKeys.authenticate(`Bearer ${key}`, tenant, ['teamleader:token'])

test('a thousand calls are one entry for each key and tenant, and what was refused is none', async () => {
  const [one, other] = [await testApp.addAdmin('Un'), await testApp.addAdmin('Deux')]
  const own = (await testApp.app.manageApiKeys.create({ name: 'Un', tenantId: one.tenantId, scopes }, operator)) ?? ''
  const platform = (await testApp.app.manageApiKeys.create({ name: 'Pro+', tenantId: null, scopes }, operator)) ?? ''
  for (let call = 0; call < 500; call += 1) await ask(own)
  for (let call = 0; call < 300; call += 1) await ask(platform, call % 3 ? one.tenantId : other.tenantId)
  expect(await ask(own, other.tenantId)).toEqual({ refused: 'tenant_unknown' })
  await ask(`${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}`)
  expect(await entries()).toEqual([])
  await testApp.app.countKeyUses.journal()
  await testApp.app.countKeyUses.journal()
  const [ownPrefix, platformPrefix] = [own.slice(3, 15), platform.slice(3, 15)]
  expect(await entries()).toEqual([
    { tenantId: one.tenantId, actor: 'back_end', prefix: ownPrefix, count: 500 },
    { tenantId: other.tenantId, actor: 'back_end', prefix: platformPrefix, count: 100 },
    { tenantId: one.tenantId, actor: 'back_end', prefix: platformPrefix, count: 200 },
  ])
})

test('what could not be written is told the next time, with what came meanwhile', async () => {
  const { tenantId } = await testApp.addAdmin()
  let down = true
  let asked = 0
  const { journal } = testApp.app.store
  const append: typeof journal.append = (entry) =>
    ++asked && down ? Promise.reject(new Failure('storage_unavailable')) : journal.append(entry)
  const uses = countKeyUses({ ...testApp.app, store: { ...testApp.app.store, journal: { ...journal, append } } })
  uses.use('000000000000', tenantId)
  uses.use('111111111111', tenantId)
  await uses.journal()
  expect(asked).toBe(1)
  uses.use('000000000000', tenantId)
  down = false
  await uses.journal()
  expect((await entries()).filter((use) => use.tenantId === tenantId)).toMatchObject([{ count: 2 }, { count: 1 }])
})

test('a process that ends tells what it counted last', async () => {
  const { tenantId } = await testApp.addAdmin()
  const ending = await createContainer(testApp.env)
  ending.countKeyUses.use('111111111111', tenantId)
  await ending.close()
  expect((await entries()).filter((use) => use.tenantId === tenantId)).toMatchObject([{ count: 1 }])
})
