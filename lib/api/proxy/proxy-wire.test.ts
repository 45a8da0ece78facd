import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ApiClient, openApiClient } from '#lib/testing/app/api-client.ts'
import { proxyClient } from '#lib/testing/app/proxy-client.ts'
import { openTestApp, type TestApp } from '#lib/testing/app/test-app.ts'

let testApp: TestApp
let apiClient: ApiClient
let proxy: ReturnType<typeof proxyClient>
beforeAll(async () => {
  testApp = await openTestApp({ API_PROXY_CALLS_PER_SECOND: '0' })
  apiClient = await openApiClient(testApp)
  proxy = proxyClient(testApp, apiClient)
})
afterAll(async () => {
  await apiClient.close()
  await testApp.close()
})

const at = '/api/v1/connections/teamleader/proxy'

/** What the sandbox received of the calls made meanwhile, as it came over the wire. */
const received = async (path: string, during: () => Promise<unknown>): Promise<IncomingMessage[]> => {
  const seen: IncomingMessage[] = []
  const see = (message: unknown) => {
    const { request: came } = message as { request: IncomingMessage }
    if (came.url?.split('?', 1)[0]?.endsWith(path) && !came.url.startsWith('/api/v1/')) seen.push(came)
  }
  subscribe('http.server.request.start', see)
  try {
    await during()
  } finally {
    unsubscribe('http.server.request.start', see)
  }
  return seen
}

test('the provider is sent the headers that are named, ours, and nothing else', async () => {
  const { key } = await proxy.connected()
  const headers = {
    ...{ accept: 'application/json', 'accept-language': 'nl', 'if-none-match': '"1"', 'x-api-version': '2023-09-26' },
    ...{ 'content-type': 'application/json', 'content-length': 2 },
    authorization: `Bearer ${key}`,
    ...{ cookie: 'session=1', 'user-agent': 'Pro+', referer: 'https://pro-plus.example/', origin: 'https://a.example' },
    ...{ 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.1', via: '1.1 proxy', 'x-request-id': 'theirs' },
    ...{ connection: 'close, x-hop', 'x-hop': '1', te: 'trailers', 'proxy-authorization': 'Basic x' },
    ...{ 'x-api-key': 'secret', 'accept-encoding': 'br', range: 'bytes=0-1', 'x-http-method-override': 'DELETE' },
  }
  const send = () =>
    new Promise((done, fail) => {
      const asking = request(`${apiClient.url}${at}/companies.list`, { method: 'POST', headers }, (answer) => {
        answer.resume().once('end', () => done(answer.statusCode))
      })
      asking.once('error', fail).end('{}')
    })
  const [came, ...others] = await received('/companies.list', send)
  expect(others).toEqual([])
  const { authorization = '', ...sent } = came?.headers ?? {}
  expect(authorization).toMatch(/^Bearer ey/)
  expect(sent).toEqual({
    ...{ accept: 'application/json', 'accept-language': 'nl', 'if-none-match': '"1"', 'x-api-version': '2023-09-26' },
    ...{ 'content-type': 'application/json', 'content-length': '2' },
    host: new URL(testApp.env.teamleader.apiUrl).host,
    // ours
    ...{ 'user-agent': 'Porte-cles', 'accept-encoding': 'identity', connection: 'keep-alive' },
    // of every fetch of Node, and of one that asks for what changed
    ...{ 'sec-fetch-mode': 'cors', 'cache-control': 'no-cache', pragma: 'no-cache' },
  })
})

/** The minute of the calls made from now on, which the test ends. */
const heldMinute = () => {
  const minute = new AbortController()
  const timeout = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => (ms === 60_000 ? minute.signal : timeout(ms)))
  return { end: () => minute.abort(new DOMException('The minute is over', 'TimeoutError')) }
}

test('a provider that has not answered after 60 s is given up, for who asks and towards the provider', async () => {
  const { key, script } = await proxy.connected()
  await testApp.control.script(script, [{ on: 'companies.list', delay_before: 30_000 }])
  const minute = heldMinute()
  const asked = proxy.call(key, `${at}/companies.list`, { method: 'POST', body: '{}' })
  const [came] = await received('/companies.list', async () => {
    await expect.poll(() => proxy.seen(script, 'companies.list')).toHaveLength(1)
    minute.end()
    const answer = await asked
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(await proxy.codeOf(answer)).toEqual({ status: 503, by: 'porte-cles', code: 'provider_unavailable' })
  })
  await expect.poll(() => came?.socket.destroyed).toBe(true)
  expect(await proxy.seen(script, 'companies.list')).toHaveLength(1)
})

test('an answer that is still coming after 60 s breaks off: whoever reads it cannot take it for whole', async () => {
  const { key, script } = await proxy.connected()
  await testApp.control.script(script, [{ on: 'companies.list', body: 'abcdef', status: 200, drip: 200 }])
  const minute = heldMinute()
  const [came] = await received('/companies.list', async () => {
    const answer = await proxy.call(key, `${at}/companies.list`)
    const reader = answer.body?.getReader()
    expect((await reader?.read())?.value?.length).toBeLessThan(6)
    minute.end()
    const readOn = async () => {
      while (!(await reader?.read())?.done);
    }
    await expect(readOn()).rejects.toThrow('terminated')
  })
  await expect.poll(() => came?.socket.destroyed).toBe(true)
})
