import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { finishRequests, watchServers } from './graceful-shutdown.ts'

const open = async () => {
  const waiting: ServerResponse[] = []
  const server = createServer((asked, answer) => {
    if (asked.url === '/slow') waiting.push(answer)
    else answer.end('at once')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { server, url, waiting }
}

test('a server that was asked something takes no new connection, and answers what was asked', async () => {
  watchServers()
  const { server, url, waiting } = await open()
  await (await fetch(url)).text()
  const slow = fetch(`${url}/slow`)
  await once(server, 'request')
  const finished = finishRequests(10_000)
  await expect(fetch(url)).rejects.toThrow()
  waiting[0]?.end('at last')
  expect(await (await slow).text()).toBe('at last')
  await finished
  expect(server.listening).toBe(false)
})

test('a request that does not end is cut', async () => {
  watchServers()
  const { server, url } = await open()
  const never = fetch(`${url}/slow`).catch((error: Error) => error)
  await once(server, 'request')
  await finishRequests(50)
  expect(await never).toBeInstanceOf(Error)
})
