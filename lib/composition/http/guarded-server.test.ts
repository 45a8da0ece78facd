import { once } from 'node:events'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { GuardedServer } from './guarded-server.ts'
import { onRefusedRequest } from './report-refusal.ts'
import { requestId } from './request-id.ts'

const limit = 64 * 1024

const opened: GuardedServer[] = []

afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const open = async (listener: (asked: IncomingMessage, answer: ServerResponse) => unknown, bodyLimit = limit) => {
  const server = new GuardedServer((asked, answer) => void listener(asked, answer), bodyLimit)
  opened.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { server, port, url: `http://127.0.0.1:${port}` }
}

const echo = async (asked: IncomingMessage, answer: ServerResponse) => {
  const pieces: Buffer[] = []
  for await (const piece of asked) pieces.push(piece)
  answer.end(Buffer.concat(pieces))
}

/** Writes bytes as they are; what the server says until it closes the connection. */
const talk = async (port: number, text: string) => {
  const socket = connect(port, '127.0.0.1')
  socket.write(text)
  let heard = ''
  for await (const piece of socket) heard += piece
  return heard
}

const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\nHost: a\r\n${more}Connection: close\r\n\r\n`

const statusOf = async (port: number, text: string) => Number((await talk(port, text)).split(' ')[1])

test('each response carries a new id, whatever the client sent, and code that answers knows it', async () => {
  const { url } = await open(async (asked, answer) => {
    await pause(1)
    answer.end(JSON.stringify([requestId(), asked.headers['x-request-id']]))
  })
  const ask = async () => {
    const response = await fetch(url, { method: 'POST', body: 'x', headers: { 'x-request-id': 'mine' } })
    return { id: response.headers.get('x-request-id'), told: await response.json() }
  }
  const [first, second] = await Promise.all([ask(), ask()])
  expect(first.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(first.told).toEqual([first.id, first.id])
  expect(second.id).not.toBe(first.id)
  expect(requestId()).toBeUndefined()
})

test.each([
  ['a long target', get(`/${'a'.repeat(8192)}`), 414],
  ['a target of the longest length', get(`/${'a'.repeat(8191)}`), 200],
  ['101 ampersands', get(`/?${'a&'.repeat(101)}`), 400],
  ['99 ampersands', get(`/?${'a&'.repeat(99)}`), 200],
  ['a broken escape in the path', get('/%zz'), 400],
  ['an escape that is no UTF-8', get('/%ff'), 400],
  ['a broken escape in the query', get('/?code=%zz'), 200],
  ['bytes that no target has', get('/caf\u00e9'), 400],
  ['a whole address', get('http://evil.example/'), 400],
  ['101 headers', get('/', 'a: b\r\n'.repeat(99)), 431],
  ['98 headers', get('/', 'a: b\r\n'.repeat(96)), 200],
  ['16 KiB of cookies', get('/', `cookie: ${'a'.repeat(16 * 1024)}\r\n`), 431],
  ['TRACE', get('/').replace('GET', 'TRACE'), 405],
  ['PROPFIND', get('/').replace('GET', 'PROPFIND'), 405],
])('%s', async (_, text, status) => {
  const { port } = await open((_asked, answer) => answer.end())
  expect(await statusOf(port, text)).toBe(status)
})

const whole = (answer: string) => {
  const [, status, id, body = ''] =
    /^HTTP\/1\.1 (\d{3}) .*\r\nx-request-id: (\S+)\r\n(?:.*\r\n)?\r\n(.*)$/is.exec(answer) ?? []
  return { status: Number(status), id, problem: JSON.parse(body) as unknown }
}

test.each([
  ['no request', 'GET\r\n\r\n', 400, 'request_malformed'],
  ['an invalid header', 'GET / HTTP/1.1\r\nHost: a\r\na b: c\r\n\r\n', 400, 'request_malformed'],
  ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'host_missing'],
  ['16 KiB of headers', get('/', `a: ${'b'.repeat(17 * 1024)}\r\n`), 431, 'headers_too_long'],
  ['an expectation', get('/', 'Expect: the unexpected\r\n'), 417, 'expectation_unknown'],
  ['two lengths', get('/', 'Content-Length: 1\r\nContent-Length: 2\r\n'), 400, 'request_malformed'],
])('what Node would answer by itself, to %s, carries an id and says why, in JSON', async (_, text, status, code) => {
  const { port } = await open((_asked, answer) => answer.end())
  const lines: object[] = []
  onRefusedRequest((refused) => void lines.push({ ...refused, id: requestId() }))
  const answer = whole(await talk(port, text))
  expect(answer).toMatchObject({ status, problem: { status, code } })
  expect(answer.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(lines).toMatchObject([{ status, code, ip: '127.0.0.1', id: answer.id }])
})

test('whoever is too slow reads so', async () => {
  const { server, port } = await open((_asked, answer) => answer.end())
  server.headersTimeout = 100
  expect(whole(await talk(port, 'GET / HTTP/1.1\r\n'))).toMatchObject({ problem: { code: 'request_too_slow' } })
})

test('a refusal that is taken for the answer to HEAD has no body', async () => {
  const { port } = await open(() => {})
  const heard = await talk(port, 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\ngarbage\r\n\r\n')
  expect(heard).toMatch(/^HTTP\/1\.1 400 .*\r\n\r\n$/s)
})

test('an answer that has begun is finished, and nothing else is written into it', async () => {
  let begun: ServerResponse | undefined
  const { port } = await open((_asked, answer) => {
    begun = answer
    answer.write('half')
  })
  const socket = connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  let heard = ''
  for await (const piece of socket) {
    heard += piece
    if (!heard.includes('half') || heard.includes('rest')) continue
    socket.write('garbage\r\n\r\n')
    setTimeout(() => begun?.end('rest'), 100)
  }
  expect(heard).toContain('rest')
  expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1)
})

test('an upgrade that nobody answers is a request like others', async () => {
  const server = new GuardedServer((_, answer) => answer.end(), limit)
  opened.push(server)
  server.on('upgrade', () => {}).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const text = get('/', 'Upgrade: h2c\r\n').replace('close', 'Upgrade, close')
  expect(await statusOf((server.address() as AddressInfo).port, text)).toBe(200)
})

const chunked = (path: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`

const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`

test('a body up to the limit arrives whole, in one piece or in many small ones', async () => {
  const { url, port } = await open(echo)
  const body = Buffer.alloc(limit, 'y')
  expect(Buffer.from(await (await fetch(url, { method: 'POST', body })).arrayBuffer()).equals(body)).toBe(true)
  const many = `${chunked('/').replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')}${chunk(1).repeat(5_000)}0\r\n\r\n`
  expect(await talk(port, many)).toMatch(/\r\n\r\nx{5000}$/)
})

test('a longer one is answered 413, whether it says so or is only sent, and never handled', async () => {
  let handled = 0
  const { port } = await open((_, answer) => {
    handled += 1
    answer.end()
  })
  const said = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${limit + 1}\r\n\r\nx`
  expect(await talk(port, said)).toMatch(/^HTTP\/1\.1 413 .*"body_too_large"}$/s)
  expect(await talk(port, chunked('/') + chunk(1024).repeat(65))).toMatch(/^HTTP\/1\.1 413 .*"body_too_large"}$/s)
  expect(handled).toBe(0)
})

test('who goes on sending after a refusal reads the answer, not a reset', async () => {
  const { url } = await open(echo)
  const sent = new Promise<number>((resolve, reject) => {
    const asking = request(url, { method: 'POST' }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    })
    asking.on('error', reject)
    const write = (left: number) => asking.write(Buffer.alloc(limit), () => (left > 0 ? write(left - 1) : asking.end()))
    write(64)
  })
  expect(await sent).toBe(413)
})

test('silent clients, and those that send a byte now and then, end; the others are answered', async () => {
  const { server, port, url } = await open((_, answer) => answer.end('ok'))
  server.headersTimeout = 500
  server.requestTimeout = 1_000
  const silent = Array.from({ length: 200 }, () => connect(port, '127.0.0.1'))
  const slow = connect(port, '127.0.0.1')
  const slowBody = connect(port, '127.0.0.1')
  slow.write('GET / HTTP/1.1\r\nHost: a\r\n')
  slowBody.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n')
  const drip = setInterval(() => {
    for (const socket of [slow, slowBody]) if (socket.writable) socket.write('x')
  }, 100)
  const ended = [...silent, slow, slowBody].map((socket) => {
    socket.resume().on('error', () => {})
    return once(socket, 'close')
  })
  expect(await (await fetch(url)).text()).toBe('ok')
  await Promise.all(ended)
  clearInterval(drip)
  expect(await (await fetch(url)).text()).toBe('ok')
})
