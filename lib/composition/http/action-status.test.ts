import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { noteLimit, noteRequestRead } from './action-status.ts'
import { GuardedServer } from './guarded-server.ts'

let server: GuardedServer
afterEach(() => server.finish(0))

/** What a server answers that runs this, then answers with this status. */
const answerOf = async (status: number, run: () => void, init: RequestInit) => {
  server = new GuardedServer((_, response) => {
    run()
    response.statusCode = status
    response.end()
  }, 1024)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/`, init)
  return [answer.status, answer.headers.get('retry-after')]
}

const form = new FormData()
form.set('a', 'b')

const asks: [string, RequestInit][] = [
  ['by Next’s script', { method: 'POST', headers: { 'next-action': 'x' }, body: 'garbage' }],
  ['by a form', { method: 'POST', body: form }],
]

test.each(asks)('an action sent %s that nothing could read is the client’s fault', async (_, init) => {
  expect(await answerOf(500, () => {}, init)).toEqual([400, null])
})

test.each(asks)('an action sent %s that was read and fails is our fault', async (_, init) => {
  expect(await answerOf(500, noteRequestRead, init)).toEqual([500, null])
})

test.each(asks)('an action sent %s that a limit refused is answered 429, with the wait', async (_, init) => {
  expect(await answerOf(200, () => noteLimit(900), init)).toEqual([429, '900'])
  await server.finish(0)
  expect(await answerOf(200, () => noteLimit(null), init)).toEqual([429, null])
  await server.finish(0)
  expect(await answerOf(303, () => noteLimit(900), init)).toEqual([303, null])
})

test.each<[string, RequestInit]>([
  ['a page', {}],
  ['JSON', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
])('%s that fails stays our fault', async (_, init) => {
  expect(await answerOf(500, () => {}, init)).toEqual([500, null])
})
