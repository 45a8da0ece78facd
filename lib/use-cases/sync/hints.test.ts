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
const tell = async ({ tenantId }: Admin, ids: readonly string[]) => {
  const { id } = await testApp.record({ tenantId } as Admin)
  const told = { provider: 'teamleader', connectionId: id, tenantId } as const
  const now = testApp.clock.now()
  for (const each of ids) await testApp.app.store.webhooks.addHint(told, { kind: 'companies', id: each }, 2_000, now)
  await pass(testApp, 2_001)
}

it('what a webhook tells is fetched by its id, in one call for all that was told', async () => {
  const { admin, clientId } = await small.copied()
  const ids = small.draw(3)
  testApp.records().companies.edit(ids, { name: 'Renommée SRL' })
  await tell(admin, [...ids, ...ids])
  const before = await testApp.calls(clientId, 'companies.list')
  await testApp.app.copies.followHints()
  expect((await testApp.calls(clientId, 'companies.list')) - before).toBe(1)
  expect(await differences(testApp, admin, 'companies')).toEqual(equal)
  await pass(testApp, minuteMs)
  await testApp.app.copies.followHints()
  expect((await testApp.calls(clientId, 'companies.list')) - before).toBe(1)
})

it('a record that was told and does not come is asked for by itself before it is deleted', async () => {
  const { admin, clientId } = await small.copied()
  const ids = small.draw(2)
  testApp.records().companies.remove(ids)
  await tell(admin, ids)
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
  await tell(admin, small.draw(1))
  await testApp.app.copies.followHints()
  await runsOf(6 * minuteMs)
  expect((await small.statusOf(admin)).dueAt?.getTime()).toBeGreaterThan(testApp.clock.now().getTime() + 15 * minuteMs)
  await runsOf(hourMs)
  expect((await small.statusOf(admin)).dueAt?.getTime()).toBeLessThanOrEqual(
    testApp.clock.now().getTime() + 5 * minuteMs,
  )
})
