import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'
import { startMetricsServer } from './listener.ts'

let testApp: TestApp
let apiClient: ApiClient
beforeAll(async () => {
  testApp = await openTestApp()
  apiClient = await openApiClient(testApp)
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})

const read = async (headers: Record<string, string> = {}, url = apiClient.url) => {
  const answer = await fetch(`${url}/metrics`, { headers })
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}

/** The value of the line that begins so; undefined where there is none. */
const seriesValue = (text: string, series: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${series} `))
    ?.split(' ')[1]

/** What every name in a text of Prometheus' query language is called where it is told. */
const names = (text: string) => new Set(text.match(/\b(porte_cles|nodejs|process)_[a-z0-9_]+/g))

test('what happened to a connection is counted, without a word of whose it is', async () => {
  const { admin } = await testApp.connected()
  const key = await apiClient.keyOf(admin)
  await apiClient.ask(key)
  testApp.clock.move(61 * 60_000)
  await apiClient.ask(key)
  const { status, type, text } = await read()
  expect({ status, type }).toEqual({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' })
  expect(seriesValue(text, 'porte_cles_connections{provider="teamleader",state="connected"}')).toBe('1')
  expect(seriesValue(text, 'porte_cles_refreshes_total{provider="teamleader",outcome="ok"}')).toBe('1')
  expect(seriesValue(text, 'porte_cles_token_age_seconds_count{provider="teamleader"}')).toBe('2')
  expect(seriesValue(text, 'porte_cles_token_age_seconds_bucket{le="60",provider="teamleader"}')).toBe('2')
  const calls = 'porte_cles_provider_request_seconds_count{provider="teamleader",operation='
  expect(seriesValue(text, `${calls}"exchange"}`)).toBe('1')
  expect(seriesValue(text, `${calls}"refresh"}`)).toBe('1')
  expect(seriesValue(text, 'porte_cles_breaker_open{provider="teamleader"}')).toBe('0')
  expect(seriesValue(text, 'porte_cles_queue_delay_seconds{queue="refresh"}')).toBe('0')
  expect(Number(seriesValue(text, 'porte_cles_database_seconds_count{operation="tokens.readForKey"}'))).toBeGreaterThan(
    0,
  )
  // or the first that is given up raises no alert
  expect(seriesValue(text, 'porte_cles_deliveries_total{channel="mail",outcome="given_up"}')).toBe('0')
  expect(text).not.toContain(admin.tenantId)
})

test('the fleet is counted anew after 15 s, however often it is asked', async () => {
  const connected = 'porte_cles_connections{provider="teamleader",state="connected"}'
  const before = seriesValue((await read()).text, connected)
  await testApp.connected()
  expect(seriesValue((await read()).text, connected)).toBe(before)
  testApp.clock.age(15_001)
  expect(seriesValue((await read()).text, connected)).toBe(String(Number(before) + 1))
})

test('from elsewhere a key of the platform with metrics:read is needed', async () => {
  const operator = { kind: 'operator' } as const
  const { admin } = await testApp.connected()
  const from = { 'x-forwarded-for': '192.0.2.1' }
  const scope = { name: 'Prometheus', scopes: ['metrics:read'] }
  const asked = async (key: string | null) => (await read({ ...from, authorization: `Bearer ${key}` })).status
  expect(await read(from)).toMatchObject({ status: 401 })
  expect(await asked(await apiClient.create(null))).toBe(403)
  expect(await testApp.app.manageApiKeys.create({ ...scope, tenantId: admin.tenantId }, operator)).toBeNull()
  const key = await testApp.app.manageApiKeys.create({ ...scope, tenantId: null }, operator)
  expect(await asked(key)).toBe(200)
  expect((await apiClient.ask(key ?? '', { tenant: admin.tenantId })).status).toBe(403)
})

test('a process without the API answers on METRICS_PORT, and nothing else there', async () => {
  expect(await startMetricsServer(testApp.app)).toBeNull()
  const { port, close } = await apiClient.metricsServer()
  const url = `http://127.0.0.1:${port}`
  expect((await read({}, url)).status).toBe(200)
  expect((await fetch(`${url}/api/v1/connections/teamleader/token`, { method: 'POST' })).status).toBe(404)
  await close(1_000)
})

test.each(['deploy/prometheus/alerts.yml', 'deploy/grafana/dashboard.json'])(
  '%s asks for metrics that there are',
  async (file) => {
    const { text } = await read()
    const told = names(text.replace(/^#.*$/gm, (line) => (line.startsWith('# TYPE') ? line : '')))
    const asked = [...names(readFileSync(file, 'utf8'))].map((name) => name.replace(/_bucket$/, ''))
    expect(asked.length).toBeGreaterThan(8)
    expect(asked.filter((name) => !told.has(name))).toEqual([])
  },
)

test('every metric of ours is looked at by a rule or the dashboard', async () => {
  const { text } = await read()
  const told = [...text.matchAll(/^# TYPE (porte_cles_\w+)/gm)].map(([, name]) => name)
  const files = ['deploy/prometheus/alerts.yml', 'deploy/grafana/dashboard.json'].map((file) =>
    readFileSync(file, 'utf8'),
  )
  expect(told).toHaveLength(11)
  expect(told.filter((name) => !files.some((file) => file.includes(name ?? '')))).toEqual([])
})
