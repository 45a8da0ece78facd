import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { hourMs, minuteMs } from '#lib/domain/duration.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { differences, equal, pass, settle } from '#lib/testing/sync/copied-tenant.ts'
import { type SmallCopies, smallCopies } from '#lib/testing/sync/small-copy.ts'

let testApp: TestApp
let small: SmallCopies
beforeAll(async () => {
  testApp = await openTestApp()
  small = smallCopies(testApp)
})
afterAll(() => testApp.close())

const settleWebhooks = async () => {
  await testApp.app.webhooks.beginDue()
  await testApp.app.webhooks.settle()
}

/** What a webhook of the provider tells, noted as the route does; worked on two seconds later. */
const hint = async ({ tenantId }: Admin, ids: readonly string[]) => {
  const { id } = await testApp.record({ tenantId } as Admin)
  const changes = { provider: 'teamleader', connectionId: id, tenantId } as const
  const now = testApp.clock.now()
  for (const each of ids) await testApp.app.store.webhooks.addHint(changes, { kind: 'companies', id: each }, 2_000, now)
  await pass(testApp, 2_001)
}

const sync = async ({ tenantId }: Admin) => {
  const found = await testApp.app.store.sync.find(tenantId, 'companies')
  if (!found) throw new Error('companies are not copied')
  return found
}

it('what a webhook tells is fetched by its id, in one call for all that was told', async () => {
  const { admin, clientId } = await small.copied()
  const ids = small.draw(3)
  testApp.records().companies.edit(ids, { name: 'Renommée SRL' })
  await hint(admin, [...ids, ...ids])
  const before = await testApp.calls(clientId, 'companies.list')
  await testApp.app.copies.followHints()
  expect((await testApp.calls(clientId, 'companies.list')) - before).toBe(1)
  expect(await differences(testApp, admin, 'companies')).toEqual(equal)
  await pass(testApp, minuteMs)
  await testApp.app.copies.followHints()
  expect((await testApp.calls(clientId, 'companies.list')) - before).toBe(1)
})

it('what meets a list that somebody else reads is fetched two seconds later', async () => {
  const { admin } = await small.copied()
  const ids = small.draw(2)
  testApp.records().companies.edit(ids, { name: 'Renommée SRL' })
  const { sync } = testApp.app.store
  const held = await sync.claimList(admin.tenantId, 'companies', minuteMs, testApp.clock.now())
  if (!held) throw new Error('the list cannot be claimed')
  await hint(admin, ids)
  await testApp.app.copies.followHints()
  await sync.release(held, hourMs, testApp.clock.now())
  expect((await differences(testApp, admin, 'companies')).different).toHaveLength(2)
  await pass(testApp, 2_001)
  await testApp.app.copies.followHints()
  expect(await differences(testApp, admin, 'companies')).toEqual(equal)
})

it('what is told of a list that is being read to its end does not wait for the end', async () => {
  const { admin } = await small.copied({}, { companies: 1_500, contacts: 0 })
  const ids = small.draw(1)
  await testApp.app.controlSync.verify(admin, 'companies')
  for (let page = 0; page < 3; page += 1) {
    await testApp.app.copies.readDue()
    await pass(testApp, 320)
  }
  testApp.records().companies.edit(ids, { name: 'Renommée SRL' })
  await hint(admin, ids)
  for (let page = 0; page < 6; page += 1) {
    await testApp.app.copies.followHints()
    await testApp.app.copies.readDue()
    await pass(testApp, 320)
  }
  expect((await sync(admin)).checkpoint.check?.stage).toBe('asking')
  expect(await differences(testApp, admin, 'companies')).toEqual(equal)
})

it('a record that was told and does not come is asked for by itself before it is deleted', async () => {
  const { admin, clientId } = await small.copied()
  const ids = small.draw(2)
  testApp.records().companies.remove(ids)
  await hint(admin, ids)
  await testApp.app.copies.followHints()
  expect((await small.statusOf(admin)).records).toBe(250)
  await settle(testApp)
  expect(await testApp.calls(clientId, 'companies.info')).toBe(2)
  expect((await small.statusOf(admin)).records).toBe(248)
})

it('lists are read every half hour while webhooks arrive, and every five minutes without', async () => {
  const { admin, clientId } = await small.copied()
  await settleWebhooks()
  const runsOf = async (ms: number) => {
    const before = await testApp.calls(clientId, 'companies.list')
    for (let passedMs = 0; passedMs < ms; passedMs += minuteMs) {
      await pass(testApp, minuteMs)
      await settle(testApp)
    }
    return (await testApp.calls(clientId, 'companies.list')) - before
  }
  expect(await runsOf(20 * minuteMs)).toBeGreaterThanOrEqual(4)
  await hint(admin, small.draw(1))
  await testApp.app.copies.followHints()
  // not when the list is due: that may be its daily count
  const nextRunMs = async () => (await sync(admin)).checkpoint.runAt - testApp.clock.now().getTime()
  await runsOf(6 * minuteMs)
  expect(await nextRunMs()).toBeGreaterThan(15 * minuteMs)
  await runsOf(hourMs)
  expect(await nextRunMs()).toBeLessThanOrEqual(5 * minuteMs)
})
