import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { askApi } from '../harness/api-client.ts'
import type { AppServer } from '../harness/app-server.ts'
import { expect, test } from '../harness/customer.ts'

interface Line extends Record<string, unknown> {
  requestId?: string
}

/** As the outermost proxy tells it. */
const ip = '192.0.2.91'

/** @returns the status, and the id that the answer carries. */
const ask = (server: AppServer, method: string, path: string, headers: Record<string, string | number> = {}) =>
  new Promise<{ status: number; id: string }>((resolve, reject) => {
    const { port } = new URL(server.plainUrl)
    const sent = { host: `localhost:${port}`, 'x-forwarded-for': ip, ...headers }
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers: sent })
    outgoing.on('response', (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, id: String(response.headers['x-request-id']) })
    })
    outgoing.on('error', reject).end()
  })

/** What the log says of one request. */
const linesOf = async (server: AppServer, id: string): Promise<Line[]> => {
  await expect.poll(() => server.output()).toContain(id)
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.includes(id))
  return lines.map((line) => JSON.parse(line) as Line)
}

for (const [name, status, method, path, headers] of [
  ['another origin’s', 403, 'POST', '/connexion', { origin: 'https://evil.example' }],
  ['a method that nothing takes', 405, 'TRACE', '/connexion', {}],
  ['a body that is too long', 413, 'POST', '/connexion', { 'content-length': 2_000_000 }],
  ['a path that cannot be read', 400, 'GET', `/${randomUUID()}%E0%A4%A`, {}],
] as const)
  test(`${name} request is refused with ${status}, and the log says so under the id that the answer carries`, async ({
    server,
  }) => {
    const answer = await ask(server, method, path, headers)
    expect(answer.status).toBe(status)
    const lines = await linesOf(server, answer.id)
    expect(lines).toMatchObject([{ level: 'info', msg: 'a request was refused', requestId: answer.id, status, ip }])
    expect(JSON.stringify(lines)).not.toContain(path === '/connexion' ? 'evil' : path)
  })

test('an odd Next-Action header makes no line of its own, and tells nothing of itself', async ({ server }) => {
  const odd = `x"{"level":1,"${randomUUID()}":2}`
  const { status, id } = await ask(server, 'POST', '/connexion', { 'next-action': odd, 'content-length': 0 })
  expect(status).toBe(400)
  const lines = await linesOf(server, id)
  expect(lines.every(({ requestId }) => requestId === id)).toBe(true)
  expect(server.output()).not.toContain(odd.slice(-20))
})

test('a refused API key is logged by its prefix, never by its secret', async ({ server }) => {
  const prefix = randomUUID().replaceAll('-', '').slice(0, 12)
  const secret = 'S'.repeat(43)
  const { status } = await askApi(server, `pk_${prefix}_${secret}`)
  expect(status).toBe(401)
  await expect.poll(() => server.output()).toContain('an API key was refused')
  expect(server.output()).not.toContain(secret)
})
