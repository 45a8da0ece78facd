import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
beforeAll(async () => {
  testApp = await openTestApp()
})
afterAll(() => testApp.close())

const operator = { kind: 'operator' } as const
const scopes = ['teamleader:token'] as const
const ask = (key: string, header?: string) =>
  testApp.app.manageApiKeys.authenticate(`Bearer ${key}`, header, ['teamleader:token'])

const made = async () => {
  const admin = await testApp.addAdmin()
  const { tenantId } = admin
  const key = (await testApp.app.manageApiKeys.create({ name: ' Pro+ ', tenantId, scopes }, operator)) ?? ''
  return { admin, tenantId, key, prefix: key.slice(3, 15) }
}

const listed = async (prefix: string) =>
  (await testApp.app.store.apiKeys.list()).find((candidate) => candidate.prefix === prefix)

test('a key lets in whom it was made for; what is stored is only its hash', async () => {
  const { admin, tenantId, key, prefix } = await made()
  expect(key).toMatch(/^pk_[0-9a-f]{12}_[\w-]{43}$/)
  expect(await ask(key)).toMatchObject({ tenantId })
  const stored = await listed(prefix)
  expect(stored).toMatchObject({ name: 'Pro+', tenantId, scopes, revokedAt: null })
  expect(JSON.stringify(stored)).not.toContain(key.slice(16))
  expect(await testApp.journal(admin)).toContain('api_key.created ok')
})

test('a revoked key is refused from the next request on, and stays revoked', async () => {
  const { admin, key, prefix } = await made()
  expect(await testApp.app.manageApiKeys.revoke(prefix, operator)).toBe(true)
  expect(await ask(key)).toEqual({ refused: 'unauthorized' })
  expect(await testApp.app.manageApiKeys.revoke(prefix, operator)).toBe(false)
  const entries = (await testApp.journal(admin)).filter((entry) => entry === 'api_key.revoked ok')
  expect(entries).toHaveLength(1)
})

test('what is not a key, or has another secret, is refused', async () => {
  const { key, prefix } = await made()
  const other = (await made()).key
  for (const wrong of ['', 'x', key.slice(0, -1), `pk_${prefix}_${other.slice(16)}`])
    expect(await ask(wrong)).toEqual({ refused: 'unauthorized' })
  expect(await testApp.app.manageApiKeys.revoke('nope', operator)).toBe(false)
  expect(await testApp.app.manageApiKeys.revoke('000000000000', operator)).toBe(false)
})

test('a key of the platform serves the tenant that the request names', async () => {
  const { tenantId } = await made()
  const named = await testApp.app.createAccounts.addTenant({ name: 'Bois & Fils', ref: '10482' }, operator)
  const key = (await testApp.app.manageApiKeys.create({ name: 'Pro+', tenantId: null, scopes }, operator)) ?? ''
  expect(await ask(key, tenantId)).toMatchObject({ tenantId })
  expect(await ask(key, 'ref:10482')).toMatchObject({ tenantId: named })
  expect(await ask(key)).toEqual({ refused: 'tenant_missing' })
  for (const unknown of ['10482', 'ref:', `ref:${tenantId}`, 'ref:nope', "' or 1=1 --"])
    expect(await ask(key, unknown)).toEqual({ refused: 'tenant_unknown' })
})

test('a key of a tenant serves no other, by whatever name', async () => {
  const { tenantId, key } = await made()
  const ref = testApp.app.random.uuid()
  const other = await testApp.app.createAccounts.addTenant({ name: 'Autre', ref }, operator)
  expect(await ask(key, tenantId)).toMatchObject({ tenantId })
  for (const foreign of [other ?? '', `ref:${ref}`, 'nobody'])
    expect(await ask(key, foreign)).toEqual({ refused: 'tenant_unknown' })
})

test('the last use is kept in memory, and written when it is flushed: never an older one over a newer', async () => {
  const { key, prefix } = await made()
  const { countKeyUses } = testApp.app
  await ask(key)
  const first = testApp.clock.now()
  expect((await listed(prefix))?.usedAt).toBeNull()
  await countKeyUses.flush()
  expect((await listed(prefix))?.usedAt).toEqual(first)
  testApp.clock.move(1_000)
  await ask(key)
  const last = testApp.clock.now()
  await countKeyUses.flush()
  await testApp.app.store.apiKeys.touch(prefix, first)
  expect((await listed(prefix))?.usedAt).toEqual(last)
})

test('a key without a name, without a scope, or with one we do not know is not made', async () => {
  const { create } = testApp.app.manageApiKeys
  const refused = expect.objectContaining({ name: 'Failure', code: 'program_name_missing' })
  await expect(create({ name: ' ', tenantId: null, scopes }, operator)).rejects.toEqual(refused)
  expect(await create({ name: 'Pro+', tenantId: null, scopes: [] }, operator)).toBeNull()
  expect(await create({ name: 'Pro+', tenantId: null, scopes: [...scopes, 'teamleader:write'] }, operator)).toBeNull()
})
