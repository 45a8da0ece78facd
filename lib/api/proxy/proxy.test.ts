import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Admin } from '#lib/domain/accounts/user.ts'
import { jeanBaptiste } from '#lib/sandbox/teamleader/seeds.ts'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { proxyClient } from '#lib/testing/app/proxy-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
let apiClient: ApiClient
beforeAll(async () => {
  testApp = await openTestApp({ API_PROXY_CALLS_PER_SECOND: '0' })
  apiClient = await openApiClient(testApp)
  proxy = proxyClient(testApp, apiClient)
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})
// the accounts are few, and each has its calls of a minute
beforeEach(() => testApp.clock.pass(2 * 60_000))

const at = '/api/v1/connections/teamleader/proxy'

let proxy: ReturnType<typeof proxyClient>
const { connected, call, callRaw, codeOf, seen }: typeof proxy = {
  connected: (user) => proxy.connected(user),
  call: (...asked) => proxy.call(...asked),
  callRaw: (...asked) => proxy.callRaw(...asked),
  codeOf: (answer) => proxy.codeOf(answer),
  seen: (...asked) => proxy.seen(...asked),
}

describe('what passes', () => {
  test('a call with a body, and the answer as the provider gave it', async () => {
    const { key } = await connected()
    const body = JSON.stringify({ page: { size: 2, number: 1 } })
    const answer = await call(key, `${at}/companies.list`, { method: 'POST', body })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('porte-cles-answer')).toBe('provider')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/)
    expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(2)
  })

  test('the query, and a HEAD without a body', async () => {
    const { key } = await connected()
    const answer = await call(key, `${at}/companies.list?page[size]=3`)
    expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(3)
    const head = await call(key, `${at}/companies.list`, { method: 'HEAD' })
    expect({ status: head.status, text: await head.text() }).toEqual({ status: 200, text: '' })
  })

  test('no header but those that are named, in either direction', async () => {
    const { key, script } = await connected()
    const headers = { 'set-cookie': 'a=b', etag: '"1"', 'x-powered-by': 'PHP' }
    await testApp.control.script(script, [{ on: 'companies.list', headers }])
    const answer = await call(key, `${at}/companies.list`, { headers: { cookie: 'c=d', 'x-forwarded-for': '1.2.3.4' } })
    const ofHttp = /^(connection|keep-alive|date|transfer-encoding|x-request-id)$/
    expect([...answer.headers.keys()].filter((name) => !ofHttp.test(name)).sort()).toEqual([
      ...['cache-control', 'content-type', 'etag', 'porte-cles-answer'],
      ...['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
    ])
  })

  test('a refusal of the provider, its 429 as well', async () => {
    const { key, script } = await connected()
    const refusal = { status: 429, headers: { 'retry-after': '7' }, body: { errors: [] } }
    await testApp.control.script(script, [{ on: 'contacts.list', status: 422, body: { errors: [1] } }])
    await testApp.control.script(script, [{ on: 'companies.list', ...refusal }])
    const odd = await call(key, `${at}/contacts.list`)
    expect({ status: odd.status, body: await odd.json() }).toEqual({ status: 422, body: { errors: [1] } })
    const many = await call(key, `${at}/companies.list`)
    expect({ status: many.status, by: many.headers.get('porte-cles-answer') }).toEqual({ status: 429, by: 'provider' })
  })

  test('pieces of a long answer, as they come', async () => {
    const { key, script } = await connected()
    await testApp.control.script(script, [{ on: 'companies.list', body: 'abcdef', status: 200, drip: 200 }])
    const answer = await call(key, `${at}/companies.list`)
    const reader = answer.body?.getReader()
    const first = await reader?.read()
    expect(first?.value?.length).toBeLessThan(6)
    await reader?.cancel()
  })

  test('an answer without a body', async () => {
    const { key, script } = await connected()
    await testApp.control.script(script, [{ on: 'companies.list', status: 304 }])
    const answer = await call(key, `${at}/companies.list`, { headers: { 'if-none-match': '"1"' } })
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 304, text: '' })
  })
})

describe('what is refused', () => {
  test('a path that leaves the API, however it is written', async () => {
    const { key, script } = await connected()
    for (const path of ['..', '../token', '%2e%2e/token', '..%2ftoken', 'a/../../../token', '/evil.example', '', '.'])
      expect({ path, ...(await callRaw(key, `${at}/${path}`)) }).toEqual({ path, status: 400, code: 'path_refused' })
    for (const path of [
      'http://evil.example/',
      'companies',
      'companies.list/',
      'a.b.c',
      'oauth2/access_token',
      'a.b%00',
    ])
      expect({ path, ...(await callRaw(key, `${at}/${path}`)) }).toEqual({ path, status: 400, code: 'path_refused' })
    expect(await callRaw(key, at)).toEqual({ status: 400, code: 'path_refused' })
    expect(await seen(script, 'companies.list')).toEqual([])
  })

  test('a redirect: its target is not asked', async () => {
    const { key, script } = await connected()
    await testApp.control.script(script, [{ on: 'companies.list', redirect: '/contacts.list' }])
    expect(await codeOf(await call(key, `${at}/companies.list`))).toEqual({
      ...{ status: 502, by: 'porte-cles', code: 'provider_redirect' },
    })
    expect(await seen(script, 'contacts.list')).toEqual([])
  })

  test('a body of over a mebibyte', async () => {
    const { key, script } = await connected()
    const body = 'x'.repeat(1024 * 1024 + 1)
    expect((await codeOf(await call(key, `${at}/companies.list`, { method: 'POST', body }))).code).toBe(
      'body_too_large',
    )
    const fits = await call(key, `${at}/companies.list`, { method: 'POST', body: `{"a":"${'x'.repeat(1024 * 1000)}"}` })
    expect(fits.status).toBe(200)
    expect(await seen(script, 'companies.list')).toHaveLength(1)
  })

  test('V1, whose keys travel in the body, and a provider that is none', async () => {
    const { key } = await connected()
    for (const provider of ['teamleader-v1', 'other', 'constructor'])
      expect(await codeOf(await call(key, `/api/v1/connections/${provider}/proxy/a.b`))).toEqual({
        ...{ status: 404, by: 'porte-cles', code: 'provider_unknown' },
      })
  })

  test('another method', async () => {
    const { key } = await connected()
    const answer = await call(key, `${at}/companies.list`, { method: 'OPTIONS' })
    expect(answer.headers.get('allow')).toBe('GET, POST, PUT, PATCH, DELETE, HEAD')
    expect((await codeOf(answer)).code).toBe('method_not_allowed')
  })

  test('a key of another tenant, or without the scope', async () => {
    const { admin, script } = await connected()
    const other = await connected(jeanBaptiste.email)
    const headers = { 'porte-cles-tenant': admin.tenantId }
    expect((await codeOf(await call(other.key, `${at}/companies.list`, { headers }))).code).toBe('tenant_unknown')
    const token = await apiClient.keyOf(admin)
    const refused = await call(token, `${at}/companies.list`)
    expect(refused.headers.get('www-authenticate')).toContain('scope="teamleader:proxy"')
    expect((await codeOf(refused)).code).toBe('scope_missing')
    expect((await codeOf(await call('', `${at}/companies.list`))).code).toBe('unauthorized')
    expect(await seen(script, 'companies.list')).toEqual([])
  })

  test('what has no connection, or a paused one', async () => {
    const alone = await testApp.addAdmin()
    const key = await apiClient.create(alone.tenantId, ['teamleader:proxy'])
    expect((await codeOf(await call(key, `${at}/companies.list`))).code).toBe('not_connected')
    const paused = await connected()
    await testApp.app.switchConnection(paused.admin, 'teamleader', false)
    expect((await codeOf(await call(paused.key, `${at}/companies.list`))).code).toBe('connection_disabled')
  })
})

describe('a platform key', () => {
  test('calls for the tenant that it names', async () => {
    const { admin } = await connected()
    const key = await apiClient.create(null, ['teamleader:proxy'])
    const headers = { 'porte-cles-tenant': admin.tenantId }
    expect((await call(key, `${at}/companies.list`, { headers })).status).toBe(200)
    expect((await codeOf(await call(key, `${at}/companies.list`))).code).toBe('tenant_missing')
  })
})

describe('an expired token', () => {
  const refreshes = async (admin: Admin) =>
    (await testApp.journal(admin)).filter((line) => line.startsWith('token.refreshed')).length

  test('is refreshed once for 200 callers', async () => {
    const { admin, key, script } = await connected()
    testApp.clock.move(61 * 60_000)
    const answers = await Promise.all(Array.from({ length: 200 }, () => call(key, `${at}/companies.list`)))
    // ten calls of the 200 a minute are kept for people
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(190)
    const [spent, ...others] = answers.filter(({ status }) => status === 429)
    expect(others).toHaveLength(9)
    expect(Number(spent?.headers.get('retry-after'))).toBeGreaterThan(0)
    if (spent) expect(await codeOf(spent)).toEqual({ status: 429, by: 'porte-cles', code: 'rate_limited' })
    expect(await testApp.calls(script.clientId)).toBe(2)
    expect(await refreshes(admin)).toBe(1)
  })

  test('is refreshed once when the provider alone knows, and each call sent again', async () => {
    const { key, script } = await connected()
    await testApp.control.script({}, [{ clock: 61 * 60_000 }])
    const body = JSON.stringify({ page: { size: 1 } })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call(key, `${at}/companies.list`, { method: 'POST', body })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(await testApp.calls(script.clientId)).toBe(2)
    expect(await seen(script, 'companies.list')).toHaveLength(40)
  })

  test('passes the refusal on when the new one is refused as well', async () => {
    const { key, script } = await connected()
    await testApp.control.script(script, [{ on: 'companies.list', status: 401, body: { errors: [] }, times: 9 }])
    const answer = await call(key, `${at}/companies.list`)
    expect({ status: answer.status, by: answer.headers.get('porte-cles-answer') }).toEqual({
      ...{ status: 401, by: 'provider' },
    })
    expect(await seen(script, 'companies.list')).toHaveLength(2)
  })
})

test('a provider that hangs up is asked once, and who hangs up ends the call', async () => {
  const { key, script } = await connected()
  await testApp.control.script(script, [{ on: 'companies.list', reset_before: true }])
  const answer = await call(key, `${at}/companies.list`, { method: 'POST', body: '{}' })
  expect((await codeOf(answer)).code).toBe('provider_unavailable')
  expect(await seen(script, 'companies.list')).toHaveLength(1)
  await testApp.control.script(script, [{ on: 'companies.list', delay_before: 30_000 }])
  await expect(call(key, `${at}/companies.list`, { signal: AbortSignal.timeout(200) })).rejects.toThrow('aborted')
})

test('calls are counted by what is called, of few names', async () => {
  const { key } = await connected()
  for (const path of ['companies.list', 'unheard.of', 'unheard.of2']) await call(key, `${at}/${path}`)
  const { text } = await testApp.app.metrics.render(null)
  const names = [...text.matchAll(/request_seconds_count\{provider="teamleader",operation="([^"]+)"/g)].map(
    ([, name]) => name,
  )
  expect(names).toEqual(expect.arrayContaining(['companies.list', 'other']))
  expect(names.filter((name) => name?.startsWith('unheard'))).toEqual([])
})
