import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as health from '#app/api/health/route.ts'
import * as ready from '#app/api/ready/route.ts'
import { type Container, container } from '#lib/composition/container.ts'
import { Failure } from '#lib/domain/failure.ts'
import { routeHandlers } from './route-handler.ts'

let app: Container
const logged: string[] = []

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'file::memory:')
  vi.stubEnv('LOG_LEVEL', 'silent')
  app = await container()
  const collect = (message: string, fields?: object) => void logged.push(JSON.stringify({ message, ...fields }))
  app.log.info = collect
  app.log.error = collect
})
afterAll(() => app.close())

const request = (method: string, headers: Record<string, string> = {}) =>
  new Request('http://localhost:3000/things/secret-id?code=secret', { method, headers })

const handlers = (get: () => Promise<Response>) => routeHandlers('/things/[id]', { GET: get })

const failing = (error: unknown) => handlers(() => Promise.reject(error))

test('an answer is not stored unless its handler says so', async () => {
  const plain = handlers(async () => Response.json({}))
  expect((await plain.GET(request('GET'), {})).headers.get('cache-control')).toBe('no-store')
  const cached = handlers(async () => new Response('', { headers: { 'cache-control': 'private' } }))
  expect((await cached.GET(request('GET'), {})).headers.get('cache-control')).toBe('private')
})

test('an answer whose headers cannot be changed keeps them', async () => {
  const { GET } = handlers(async () => Response.redirect('http://localhost:3000/connexion', 303))
  const response = await GET(request('GET'), {})
  expect(response.status).toBe(303)
  expect(Object.fromEntries(response.headers)).toEqual({
    location: 'http://localhost:3000/connexion',
    'cache-control': 'no-store',
  })
})

test.each(['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
  '%s answers 405 where only GET is offered, and runs nothing',
  async (method) => {
    const get = vi.fn()
    const response = await handlers(get)[method](request(method), {})
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET')
    expect(get).not.toHaveBeenCalled()
  },
)

test.each([
  ['health', health],
  ['ready', ready],
])('%s answers HEAD as it answers GET', async (_, { GET, HEAD, DELETE }) => {
  const [got, head] = await Promise.all([GET(request('GET'), {}), HEAD(request('HEAD'), {})])
  expect({ status: head.status, headers: [...head.headers] }).toEqual({ status: 200, headers: [...got.headers] })
  expect((await DELETE(request('DELETE'), {})).headers.get('allow')).toBe('GET, HEAD')
})

test('asked for as if it were a page, a route has no effect', async () => {
  const get = vi.fn()
  const response = await handlers(get).GET(request('GET', { rsc: '1' }), {})
  expect(response.status).toBe(204)
  expect(get).not.toHaveBeenCalled()
})

test.each([
  [new Failure('foreign_origin'), 403],
  [new Failure('too_many_attempts', { retryAfterS: 90 }), 429],
  [new Failure('storage_unavailable', { errorCode: 'SQLITE_BUSY' }), 503],
  [new Failure('link_dead'), 400],
  [new TypeError('secret'), 500],
])('%s becomes status %i, logged by pattern alone', async (error, status) => {
  logged.length = 0
  const response = await failing(error).GET(request('GET'), {})
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('retry-after')).toBe(status === 429 ? '90' : null)
  expect(logged.join()).toContain('"route":"/things/[id]"')
  expect(logged.join() + (await response.text())).not.toContain('secret')
})

test('Next’s own signals go through', async () => {
  const signal = Object.assign(new Error('NEXT_REDIRECT'), { digest: 'NEXT_REDIRECT;replace;/connexion;307;' })
  await expect(failing(signal).GET(request('GET'), {})).rejects.toBe(signal)
})
