import { request } from 'node:http'
import type { AppServer } from '../harness/app-server.ts'
import { expect, test } from '../harness/customer.ts'

/** Sent as written: a browser or a client library would tidy the address up. */
const ask = (
  { url }: Pick<AppServer, 'url'>,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: Buffer[] = [],
) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const { port } = new URL(url)
    const asked = request({ host: '127.0.0.1', port, method, path, headers: { host: `localhost:${port}`, ...headers } })
    asked.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
    })
    asked.on('error', reject)
    for (const piece of body) asked.write(piece)
    asked.end()
  })

const allTokenRequests = async (server: AppServer) =>
  (await server.sandbox.journal()).requests.filter(({ endpoint }) => endpoint === 'token').length

const malformed = {
  'a repeated code': 'code=a&code=b&state=c',
  'a repeated state': 'code=a&state=b&state=c',
  'a repeated error': 'error=a&error=b',
  'a code as an array': 'code[]=a&state=c',
  'a code as an object': 'code[x]=a&state=c',
  'a NUL in the code': 'code=a%00b&state=c',
  'a line feed in the code': 'code=a%0d%0aset-cookie:%20x=1&state=c',
  'a right-to-left mark': 'code=a%e2%80%aeb&state=c',
  'invalid UTF-8': 'code=%ff%fe&state=c',
  'a broken escape': 'code=%zz&state=c',
  'an empty code': 'code=&state=c',
  'a huge code': `code=${'a'.repeat(9000)}&state=c`,
  'a code and a huge name': `code=a&${'x'.repeat(9000)}=1&state=c`,
}

for (const path of ['/oauth/callback', '/'])
  for (const [name, query] of Object.entries(malformed))
    test(`${name} at ${path} is refused, without a token call`, async ({ server }) => {
      const before = await allTokenRequests(server)
      const answer = await ask(server, 'GET', `${path}?${query}`)
      expect(answer.status).toBe(query.length > 8192 ? 414 : 400)
      expect(answer.headers['cache-control']).toContain('no-store')
      expect(String(answer.headers['set-cookie'])).not.toContain('x=1')
      expect(await allTokenRequests(server)).toBe(before)
    })

for (const path of ['/oauth/callback', '/', '/oauth/callback/suite'])
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE'])
    test(`${method} ${path} is answered 405`, async ({ server }) => {
      const answer = await ask(server, method, `${path}?code=abc&state=def`)
      expect(answer.status).toBe(405)
      expect(answer.headers.allow).toBe('GET')
      expect(answer.headers['set-cookie']).toBeUndefined()
    })

test('an address fetched ahead has no effect', async ({ server }) => {
  const answer = await ask(server, 'GET', '/oauth/callback?code=abc', { 'sec-purpose': 'prefetch;prerender' })
  expect(answer.status).toBe(503)
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test('a form of a page under another host reads, without script, where Porte-clés is; the log says it too', async ({
  server,
}) => {
  const headers = { origin: 'http://10.0.0.7:3000', 'accept-language': 'fr-BE' }
  const answer = await fetch(`${server.url}/connexion`, { method: 'POST', headers, body: new FormData() })
  expect(answer.status).toBe(403)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.text()).toContain(`Ouvrez ${server.url}, puis recommencez.`)
  expect(server.output()).toContain(`Open ${server.url}, or set PUBLIC_URL`)
})

test('a method that no route knows, or a host that is not ours, changes no address', async ({ server }) => {
  const answer = await ask(server, 'GET', '/', { host: 'evil.example', 'x-forwarded-host': 'evil.example' })
  expect(answer.status).toBe(303)
  expect(answer.headers.location).toBe(`${server.url}/connexion`)
})

const refused: Record<string, [number, string, string]> = {
  'fifteen kilobytes of parameters': [414, 'GET', `/api/health?${'a&'.repeat(7_500)}`],
  'more than a hundred parameters': [400, 'GET', `/api/health?${'a&'.repeat(101)}`],
  'a broken escape': [400, 'GET', '/%zz'],
  TRACE: [405, 'TRACE', '/api/health'],
}

for (const [name, [status, method, path]] of Object.entries(refused))
  test(`${name} is refused on both ports, each time by another id`, async ({ server }) => {
    const answers = await Promise.all([server.url, server.apiUrl].map((url) => ask({ url }, method, path)))
    expect(answers.map((answer) => answer.status)).toEqual([status, status])
    const ids = answers.map(({ headers }) => headers['x-request-id'])
    expect(new Set(ids).size).toBe(2)
  })

test('a body that is too long is refused, though only sent and not announced', async ({ server }) => {
  const body = Array.from({ length: 24 }, () => Buffer.alloc(64 * 1024))
  const answer = await ask(server, 'POST', '/connexion', { 'content-type': 'text/plain' }, body)
  expect(answer.status).toBe(413)
})

const multipart = { 'content-type': 'multipart/form-data; boundary=x' }

test('a form that is cut off is refused with 400', async ({ server }) => {
  expect((await ask(server, 'POST', '/connexion', multipart, [Buffer.from('--x')])).status).toBe(400)
})

test('a state of the router that cannot be read is passed over', async ({ server }) => {
  const headers = { rsc: '1', 'next-router-state-tree': '[1,2]' }
  expect((await ask(server, 'GET', '/nowhere', headers)).status).toBe(404)
})

test('the addresses of next-auth that it answers with 500 are not there', async ({ server }) => {
  for (const path of ['/api/auth/error?error=%00', '/api/auth/callback/credentials'])
    expect((await ask(server, 'GET', path)).status).toBe(404)
})
