import { once } from 'node:events'
import { Agent, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { GuardedServer } from './guarded-server.ts'

const opened: GuardedServer[] = []

afterEach(() => {
  for (const server of opened.splice(0)) server.closeAllConnections()
})

const open = async () => {
  const waiting: ServerResponse[] = []
  const server = new GuardedServer((asked, answer) => {
    if (asked.url === '/slow') waiting.push(answer)
    else answer.end('at once')
  }, 1024)
  opened.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, waiting, port: (server.address() as AddressInfo).port }
}

const ask = (agent: Agent, port: number, path = '/') =>
  new Promise<{ text: string; connection: string | undefined }>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      answer.on('end', () => resolve({ text, connection: answer.headers.connection }))
    })
      .on('error', reject)
      .end()
  })

const keptAlive = () => new Agent({ keepAlive: true, maxSockets: 1 })

test('a server that ends answers what it was asked, and tells its client to close', async () => {
  const { server, waiting, port } = await open()
  const slow = ask(keptAlive(), port, '/slow')
  await once(server, 'request')
  const finished = server.finish(10_000)
  await expect.poll(() => server.listening).toBe(false)
  await expect(ask(new Agent(), port)).rejects.toThrow('ECONNREFUSED')
  waiting[0]?.end('at last')
  expect(await slow).toEqual({ text: 'at last', connection: 'close' })
  await finished
})

test('a request on a connection that was kept alive is answered, not reset', async () => {
  const { server, port } = await open()
  const agent = keptAlive()
  expect(await ask(agent, port)).toEqual({ text: 'at once', connection: 'keep-alive' })
  const finished = server.finish(10_000)
  await expect.poll(() => server.listening).toBe(false)
  expect(await ask(agent, port)).toEqual({ text: 'at once', connection: 'close' })
  await finished
})

test('under load every accepted request is answered: the next connection is refused, none is reset', async () => {
  const busyMs = 5
  const server = new GuardedServer((_, answer) => {
    const until = performance.now() + busyMs
    while (performance.now() < until);
    answer.end('at once')
  }, 1024)
  opened.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const askOn = async () => {
    const agent = keptAlive()
    for (;;) {
      const failure = await ask(agent, port).then(
        () => null,
        ({ code }: NodeJS.ErrnoException) => code,
      )
      if (failure !== null) return failure
    }
  }
  const clients = Array.from({ length: 24 }, askOn)
  for (let asked = 0; asked < 100; asked += 1) await once(server, 'request')
  await server.finish(10_000)
  expect(await Promise.all(clients)).toEqual(Array(24).fill('ECONNREFUSED'))
})

test('connections that nobody uses do not hold it up, asked before or not', async () => {
  const { server, port } = await open()
  const idle = keptAlive()
  await ask(idle, port)
  const silent = connect(port, '127.0.0.1').on('error', () => {})
  await once(silent, 'connect')
  await server.finish(60_000)
  expect(server.listening).toBe(false)
})

test('a request that does not end is cut', async () => {
  const { server, port } = await open()
  const never = ask(new Agent(), port, '/slow').catch((error: Error) => error)
  await once(server, 'request')
  await server.finish(50)
  expect(await never).toBeInstanceOf(Error)
})
