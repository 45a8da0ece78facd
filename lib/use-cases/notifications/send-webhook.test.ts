import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { minute } from '#lib/testing/app/connected-tenant.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { type EventReceiver, startEventReceiver } from '#lib/testing/servers/webhook-receiver.ts'

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

const send = () => testApp.app.dispatchDeliveries()

const log = (tenantId: Parameters<typeof testApp.app.store.deliveries.list>[0]) =>
  testApp.app.store.deliveries.list(tenantId, 10)

test('a back end gets signed events of a connection that starts, breaks and recovers', async () => {
  const { admin, integration } = await testApp.connected()
  await send()
  const [first] = receiver.received
  const headers = first?.headers as Record<string, string>
  const verified = new Webhook(receiver.settings.ALERT_WEBHOOK_SECRET).verify(first?.body ?? '', headers)
  expect(verified).toEqual({
    type: 'connection.connected',
    timestamp: testApp.clock.now().toISOString(),
    data: {
      ...{ tenant_id: admin.tenantId, ref: null, provider: 'teamleader' },
      ...{ state: 'connected', reason: null, since: testApp.clock.now().toISOString(), enabled: true },
    },
  })
  expect(headers['content-type']).toBe('application/json')

  await testApp.control.script({ clientId: integration.clientId }, [{ revoke: true }])
  testApp.clock.move(25 * 60 * minute)
  await testApp.work()
  await send()
  await testApp.connect(admin, integration)
  await send()
  const reported = receiver.events().map(({ type, data }) => `${type} ${data.state} ${data.reason}`)
  expect(reported.slice(1)).toEqual([
    'connection.reconnect_required reconnect_required revoked',
    'connection.recovered connected null',
  ])
  expect(await send()).toBe(0)
})

test('of two secrets each verifies an event by itself', async () => {
  const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const { ALERT_WEBHOOK_SECRET: secret } = receiver.settings
  const both = await openTestApp({ ...receiver.settings, ALERT_WEBHOOK_SECRET: `${secret}, ${other}` })
  try {
    await both.connected()
    await both.app.dispatchDeliveries()
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received
    for (const known of [secret, other])
      expect(new Webhook(known).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'connection.connected',
      })
  } finally {
    await both.close()
  }
})

test('a pause causes an event, and so does its end', async () => {
  const { admin, integration } = await testApp.connected()
  const save = async (enabled: boolean) => {
    const { revision } = await testApp.record(admin)
    const { clientId } = integration
    await testApp.app.saveSettings(admin, 'teamleader', { revision, enabled, clientId, clientSecret: '' })
    await send()
  }
  await send()
  await save(false)
  await save(true)
  const reported = receiver.events().map(({ type, data }) => `${type} ${data.state} ${data.reason} ${data.enabled}`)
  expect(reported.slice(1)).toEqual([
    'connection.disabled disabled paused false',
    'connection.connected connected null true',
  ])
})

test('an event that is not taken is posted again under its id, later and later, and a redirect is not followed', async () => {
  const elsewhere = await startEventReceiver()
  const { admin } = await testApp.connected()
  const location = elsewhere.settings.ALERT_WEBHOOK_URL
  receiver.answerNext({ status: 307, headers: { location } }, { status: 503, headers: { 'retry-after': '600' } })
  await send()
  expect(await log(admin.tenantId)).toMatchObject([{ attempts: 1, lastAnswer: '307', deliveredAt: null }])
  expect(await send()).toBe(0)
  testApp.clock.move(12_001)
  await send()
  testApp.clock.move(5 * minute)
  expect(await send()).toBe(0)
  testApp.clock.move(7 * minute)
  await send()
  expect(await log(admin.tenantId)).toMatchObject([{ attempts: 3, lastAnswer: '200', dueAt: null }])
  expect(new Set(receiver.events().map(({ id }) => id)).size).toBe(1)
  expect(receiver.events().map(({ at }) => at.getTime())).toEqual(
    [...receiver.events().map(({ at }) => at.getTime())].sort((a, b) => a - b),
  )
  expect(elsewhere.received).toEqual([])
  await elsewhere.close()
})

test('who is gone is left alone at once; support posts it again, under the same id', async () => {
  const { admin } = await testApp.connected()
  receiver.answerNext({ status: 410 })
  await send()
  const [line] = await log(admin.tenantId)
  expect(line).toMatchObject({ attempts: 1, lastAnswer: '410', dueAt: null, deliveredAt: null })
  expect(await testApp.journal(admin)).toContain('delivery.given_up delivery_failed')
  const support = { kind: 'user', userId: 'anne' } as const
  const again = () => testApp.app.retryDelivery(admin.tenantId, line?.id ?? '', support)
  await again()
  await send()
  expect(await log(admin.tenantId)).toMatchObject([{ attempts: 2, lastAnswer: '200', deliveredAt: expect.any(Date) }])
  const ids = receiver.events().map(({ id }) => id)
  expect(ids).toEqual([line?.id, line?.id])
  expect(await testApp.journal(admin)).toContain('delivery.replayed ok')
})

test('a receiver that is down costs nobody a token, and is tried for a day', async () => {
  await receiver.close()
  const { admin } = await testApp.connected()
  for (let hours = 0; hours < 40; hours += 1) {
    await send()
    testApp.clock.move(hours < 2 ? minute : 60 * minute)
  }
  const [line] = await log(admin.tenantId)
  expect(line).toMatchObject({ attempts: 9, lastAnswer: 'ECONNREFUSED', dueAt: null, deliveredAt: null })
  expect((await testApp.record(admin)).status.state).toBe('connected')
})
