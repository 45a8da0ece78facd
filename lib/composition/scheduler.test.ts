import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { startEventReceiver } from '#lib/testing/servers/webhook-receiver.ts'
import { startScheduler } from './scheduler.ts'

let testApp: TestApp
beforeEach(async () => {
  testApp = await openTestApp()
})
afterEach(() => testApp.close())

const minute = 60_000
const withTimeout = { timeout: 10_000, interval: 20 }

const refreshes = async (clientId: string) =>
  (await testApp.control.journal(clientId)).requests.filter(({ grant_type }) => grant_type === 'refresh_token').length

test('what falls due is refreshed, once, and nothing else is', async () => {
  const due = await testApp.connected()
  await testApp.app.getAccessToken.obtain({ ...due.admin, provider: 'teamleader', minTtlMs: 0 })
  testApp.clock.move(59 * minute)
  const fresh = await testApp.connected()
  const scheduler = startScheduler(testApp.app)
  await vi.waitFor(async () => expect(await refreshes(due.integration.clientId)).toBe(1), withTimeout)
  await scheduler.stop()
  expect(await testApp.journal(due.admin)).toContain('token.refreshed ok')
  expect(await refreshes(fresh.integration.clientId)).toBe(0)
})

test('it works off more than one round, and then rests', async () => {
  const tenants = await Promise.all(Array.from({ length: 10 }, () => testApp.connected()))
  testApp.clock.move(25 * 60 * minute)
  const scheduler = startScheduler(testApp.app)
  const count = async () =>
    (await Promise.all(tenants.map(({ integration }) => refreshes(integration.clientId)))).reduce((a, b) => a + b, 0)
  await vi.waitFor(async () => expect(await count()).toBe(10), withTimeout)
  await scheduler.stop()
  expect(await count()).toBe(10)
})

test('a slow answer holds one place: what falls due meanwhile is refreshed', async () => {
  const [slow, ...others] = await Promise.all(Array.from({ length: 12 }, () => testApp.connected()))
  if (!slow) throw new Error('there is no tenant')
  const { clientId } = slow.integration
  await testApp.control.script({ clientId }, [{ delay_before: 6_000 }])
  testApp.clock.move(25 * 60 * minute)
  const scheduler = startScheduler(testApp.app)
  const inFlight = async () => (await testApp.control.journal(clientId)).token_requests_in_flight
  await vi.waitFor(async () => expect(await inFlight()).toBe(1), withTimeout)
  const waits = async ({ integration }: typeof slow) => (await refreshes(integration.clientId)) === 1
  const all = async () => (await Promise.all(others.map(waits))).every(Boolean)
  await vi.waitFor(async () => expect(await all()).toBe(true), withTimeout)
  const late = await testApp.connected()
  testApp.clock.move(25 * 60 * minute)
  await vi.waitFor(async () => expect(await refreshes(late.integration.clientId)).toBe(1), withTimeout)
  expect(await inFlight()).toBe(1)
  await scheduler.stop()
})

test('it sweeps when it starts: a connection too long without a token becomes an incident', async () => {
  const { admin, integration } = await testApp.connected()
  await testApp.control.script({ clientId: integration.clientId }, [{ status: 503, times: 99 }])
  testApp.clock.move(61 * minute)
  await testApp.app.getAccessToken.obtain({ ...admin, provider: 'teamleader', minTtlMs: 0 }).catch(() => {})
  testApp.clock.move(20 * minute)
  const scheduler = startScheduler(testApp.app)
  await vi.waitFor(async () => expect(await testApp.incidents(admin)).toHaveLength(1), withTimeout)
  await scheduler.stop()
})

test('stopping waits for the call in flight, whose token is stored, and begins no other', async () => {
  const { admin, integration } = await testApp.connected()
  const { clientId } = integration
  await testApp.control.script({ clientId }, [{ delay_after: 1_000 }])
  testApp.clock.move(25 * 60 * minute)
  const scheduler = startScheduler(testApp.app)
  await vi.waitFor(async () => {
    expect((await testApp.control.journal(clientId)).token_requests_in_flight).toBe(1)
  }, withTimeout)
  await scheduler.stop()
  expect((await testApp.control.journal(clientId)).token_requests_in_flight).toBe(0)
  expect(await testApp.journal(admin)).toContain('token.refreshed ok')
  testApp.clock.move(2 * 60 * minute)
  const later = testApp.app.getAccessToken.obtain({ ...admin, provider: 'teamleader', minTtlMs: 0 })
  await expect(later).rejects.toMatchObject({ code: 'provider_unavailable', evidence: { retryAfterS: 5 } })
  expect(await refreshes(clientId)).toBe(1)
})

test('due notifications are sent, and stopping waits for those under way', async () => {
  const receiver = await startEventReceiver()
  const listening = await openTestApp(receiver.settings)
  let answer = () => {}
  const answered = new Promise<void>((done) => {
    answer = done
  })
  receiver.answerNext({ status: 200, once: answered })
  const { admin } = await listening.connected()
  const scheduler = startScheduler(listening.app)
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), withTimeout)
  const stopping = scheduler.stop()
  answer()
  await stopping
  expect(await listening.app.store.deliveries.list(admin.tenantId, 5)).toMatchObject([
    { kind: 'connection.connected', attempts: 1, lastAnswer: '200', dueAt: null },
  ])
  await listening.close()
  await receiver.close()
})

test('a failing database is logged and tried again, and stops nothing', async () => {
  const lines: string[] = []
  const error = (message: string) => lines.push(message)
  const failing = { ...testApp.app.refreshDueTokens, beginDue: () => Promise.reject(new Error('no database')) }
  const scheduler = startScheduler({ ...testApp.app, refreshDueTokens: failing, log: { ...testApp.app.log, error } })
  await vi.waitFor(() => expect(lines).toContain('the background work failed'), withTimeout)
  await scheduler.stop()
})

test('while nothing can be written the background work pauses, and says so once', async () => {
  const due = await testApp.connected()
  await testApp.app.getAccessToken.obtain({ ...due.admin, provider: 'teamleader', minTtlMs: 0 })
  testApp.clock.move(25 * 60 * minute)
  const file = new BetterSqlite3(testApp.databaseUrl.slice('file:'.length))
  file.exec(`CREATE TRIGGER full_disk BEFORE UPDATE ON token_sets
    BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`)
  const lines: string[] = []
  const note = (message: string) => void lines.push(message)
  const { store } = testApp.app
  let rounds = 0
  const beginDue = () => {
    rounds += 1
    return testApp.app.refreshDueTokens.beginDue()
  }
  const log = { error: note, warn: note, info: note }
  const scheduler = startScheduler({
    ...testApp.app,
    refreshDueTokens: { ...testApp.app.refreshDueTokens, beginDue },
    log,
  })
  await new Promise((done) => setTimeout(done, 4_000))
  // at 0, 1 and 3 s
  expect(rounds).toBeLessThanOrEqual(3)
  expect(lines).toEqual(['the background work failed'])
  await scheduler.stop()
  file.exec('DROP TRIGGER full_disk')
  file.close()
  expect(await store.tokens.claimDue('teamleader', 5, minute, testApp.clock.now())).toHaveLength(1)
})
