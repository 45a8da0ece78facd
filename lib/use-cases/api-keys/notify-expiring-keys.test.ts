import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { isNews } from '#lib/domain/notifications/digest.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { type MailServer, startMailServer } from '#lib/testing/servers/mail-server.ts'
import { readDigest } from '../notifications/read-digest.ts'

let mails: MailServer
let testApp: TestApp
beforeAll(async () => {
  mails = await startMailServer()
  testApp = await openTestApp(mails.settings)
})
afterAll(async () => {
  await testApp.close()
  await mails.close()
})

const operator = { kind: 'operator' } as const
const day = 24 * 60 * 60_000

const turn = async () => {
  await testApp.app.notifyExpiringKeys()
  while ((await testApp.app.dispatchDeliveries()) > 0);
  return mails.received.map(({ subject }) => subject)
}

const keyOf = async (tenantId: TenantId | null, days: number) => {
  const expiresAt = new Date(testApp.clock.now().getTime() + days * day)
  const typed = { name: 'Compta', tenantId, scopes: ['teamleader:token'], expiresAt }
  return (await testApp.app.manageApiKeys.create(typed, operator)) ?? ''
}

const ask = async (key: string) =>
  'refused' in (await testApp.app.manageApiKeys.authenticate(`Bearer ${key}`, undefined, ['teamleader:token']))

test('a key lets in until it ends; its admins hear of it a week before, once', async () => {
  const { tenantId } = await testApp.addAdmin()
  const key = await keyOf(tenantId, 9)
  expect(await turn()).toEqual([])
  testApp.clock.move(3 * day)
  expect(await turn()).toHaveLength(1)
  expect(mails.received[0]?.subject).toContain('« Compta » expire le')
  expect(mails.received[0]?.text).toContain(key.slice(0, 15))
  expect(mails.received[0]?.text).not.toContain(key)
  expect(await turn()).toHaveLength(1)
  expect(await ask(key)).toBe(false)
  testApp.clock.move(6 * day)
  expect(await ask(key)).toBe(true)
})

test('nobody hears of a key that is revoked before the mail is sent', async () => {
  const { tenantId } = await testApp.addAdmin()
  const key = await keyOf(tenantId, 3)
  await testApp.app.notifyExpiringKeys()
  await testApp.app.manageApiKeys.revoke(key.slice(3, 15), operator)
  expect(await turn()).toHaveLength(1)
})

test('of a key of the platform the digest tells support', async () => {
  const digest = () => readDigest(testApp.app)(10)
  expect((await digest()).endingKeys).toEqual([])
  const key = await keyOf(null, 3)
  const told = await digest()
  expect(told.endingKeys).toMatchObject([{ name: 'Compta', prefix: key.slice(3, 15) }])
  expect(isNews({ ...told, opened: 0, closed: 0, count: 0 })).toBe(true)
  expect(await turn()).toHaveLength(1)
})

test('a key is made for a time to come, and revoked by whom it belongs to alone', async () => {
  const { tenantId } = await testApp.addAdmin()
  const other = await testApp.addAdmin()
  expect(await keyOf(tenantId, -1)).toBe('')
  const prefix = (await keyOf(tenantId, 30)).slice(3, 15)
  const { revoke, list } = testApp.app.manageApiKeys
  expect(await revoke(prefix, operator, { tenantId: other.tenantId })).toBe(false)
  expect(await revoke(prefix, operator, { tenantId: null })).toBe(false)
  expect(await list(other.tenantId)).toEqual([])
  expect(await revoke(prefix, operator, { tenantId })).toBe(true)
  expect((await list(tenantId)).map((key) => key.prefix)).toEqual([prefix])
})
