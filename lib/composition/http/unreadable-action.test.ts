import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { GuardedServer } from './guarded-server.ts'
import { noteRequestRead } from './unreadable-action.ts'

let server: GuardedServer
afterEach(() => server.finish(0))

/** What a server answers that fails, after the request came to code of ours or before. */
const statusOf = async (reaches: boolean, init: RequestInit) => {
  server = new GuardedServer((_, response) => {
    if (reaches) noteRequestRead()
    response.statusCode = 500
    response.end()
  }, 1024)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return (await fetch(`http://127.0.0.1:${port}/`, init)).status
}

const form = new FormData()
form.set('a', 'b')

test.each<[string, RequestInit]>([
  ['by Next’s script', { method: 'POST', headers: { 'next-action': 'x' }, body: 'garbage' }],
  ['by a form', { method: 'POST', body: form }],
])('an action sent %s that nothing could read is the client’s fault; one that was read is ours', async (_, init) => {
  expect(await statusOf(false, init)).toBe(400)
  await server.finish(0)
  expect(await statusOf(true, init)).toBe(500)
})

test.each<[string, RequestInit]>([
  ['a page', {}],
  ['JSON', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
])('%s that fails stays our fault', async (_, init) => {
  expect(await statusOf(false, init)).toBe(500)
})
