import { afterEach, beforeEach, expect, test } from 'vitest'
import { minuteMs } from '#lib/domain/duration.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { type EventReceiver, startEventReceiver } from '#lib/testing/servers/webhook-receiver.ts'
import { pass, settle } from '#lib/testing/sync/copied-tenant.ts'
import { smallCopies } from '#lib/testing/sync/small-copy.ts'

let receiver: EventReceiver
let testApp: TestApp
beforeEach(async () => {
  receiver = await startEventReceiver()
  testApp = await openTestApp(receiver.settings)
})
afterEach(async () => {
  await testApp.close()
  await receiver.close()
})

const told = () =>
  receiver
    .events()
    .filter(({ type }) => type === 'data.changed')
    .map(({ data }) => data as Record<string, unknown>)

test('a back end is told once that a list changed, half a minute later, and how far its changes go', async () => {
  const { admin } = await smallCopies(testApp).copied()
  await testApp.app.dispatchDeliveries()
  await pass(testApp, minuteMs)
  while ((await testApp.app.dispatchDeliveries()) > 0);
  const { change } = (await testApp.app.store.sync.feedHead(admin.tenantId, 'companies')) ?? {}
  const lists = told().map(({ kind }) => kind)
  expect([...lists].sort()).toEqual(['companies', 'contacts', 'departments'])
  expect(told().find(({ kind }) => kind === 'companies')).toEqual({
    ...{ tenant_id: admin.tenantId, ref: null, kind: 'companies', change },
  })

  await pass(testApp, 6 * minuteMs)
  await settle(testApp)
  await pass(testApp, minuteMs)
  await testApp.app.dispatchDeliveries()
  expect(told()).toHaveLength(3)

  testApp.records().companies.edit([...testApp.records().all('companies').keys()].slice(0, 2), { name: 'Autre' })
  await pass(testApp, 6 * minuteMs)
  await settle(testApp)
  await testApp.app.dispatchDeliveries()
  expect(told()).toHaveLength(3)
  await pass(testApp, minuteMs)
  await testApp.app.dispatchDeliveries()
  expect(told().slice(3)).toEqual([
    { tenant_id: admin.tenantId, ref: null, kind: 'companies', change: (change ?? 0) + 1 },
  ])
})
