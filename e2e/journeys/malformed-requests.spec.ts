import { request } from 'node:http'
import type { AppServer } from '../harness/app-server.ts'
import { expect, test } from '../harness/customer.ts'

/** Sent as written: a browser or a client library would tidy the address up. */
const ask = (server: AppServer, method: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const { port } = new URL(server.url)
    const asked = request({ host: '127.0.0.1', port, method, path, headers: { host: `localhost:${port}`, ...headers } })
    asked.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
    })
    asked.on('error', reject).end()
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
    test(`${name} at ${path} is refused with 400, without a token call`, async ({ server }) => {
      const before = await allTokenRequests(server)
      const answer = await ask(server, 'GET', `${path}?${query}`)
      expect(answer.status).toBe(400)
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

test('a method that no route knows, or a host that is not ours, changes no address', async ({ server }) => {
  const answer = await ask(server, 'GET', '/', { host: 'evil.example', 'x-forwarded-host': 'evil.example' })
  expect(answer.status).toBe(303)
  expect(answer.headers.location).toBe(`${server.url}/connexion`)
})
