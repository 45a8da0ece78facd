import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { newKey } from '../harness/api-client.ts'
import type { AppServer } from '../harness/app-server.ts'
import { type Attack, atOnce, countEach, slowestMs, type Target, times } from './attack.ts'
import { type Answer, type AttackRequest, actionId, formType, multipart, post, send, talk } from './client.ts'

const signInAction = 'lib/server/actions/sign-in.ts#signIn'
const api = { to: 'api', method: 'POST', path: '/api/v1/connections/teamleader/token' } as const

const judge = (answers: readonly Answer[]) => {
  const slowest = Math.max(...answers.map(({ ms }) => ms))
  const wrong = answers.filter(({ status }) => status === null || status >= 500)
  return {
    ok: wrong.length === 0 && slowest < slowestMs,
    seen: `${countEach(answers.map(({ status }) => status))}; slowest ${slowest.toFixed(0)} ms`,
  }
}

const flood = (name: string, requests: (target: Target) => AttackRequest[] | Promise<AttackRequest[]>): Attack => ({
  name,
  expected: `each answered below 500 within ${slowestMs} ms, alone`,
  run: async (target) => {
    const answers: Answer[] = []
    for (const request of await requests(target)) answers.push(await send(target.server, request))
    return judge(answers)
  },
})

const bothPorts = (request: Omit<AttackRequest, 'to'>): AttackRequest[] => [request, { ...request, to: 'api' }]

const form = (body: string, headers: Record<string, string> = {}): AttackRequest => ({
  method: 'POST',
  path: '/connexion',
  headers: { 'content-type': formType, ...headers },
  body,
})

/** As much as a header may hold beside the others. */
const longest = 12_000

const longHeaders: Record<string, string> = {
  'accept-language': 'a,'.repeat(longest / 2),
  'x-forwarded-for': '1,'.repeat(longest / 2),
  'next-router-state-tree': encodeURIComponent('['.repeat(longest / 3)),
  'if-none-match': 'W/"a",'.repeat(longest / 6),
  'cache-control': 'a=a,'.repeat(longest / 4),
  accept: 'a/a,'.repeat(longest / 4),
  range: `bytes=${'0-0,'.repeat(longest / 4)}`,
  authorization: `Bearer ${' '.repeat(longest)}x`,
  'content-type': `multipart/form-data;${' '.repeat(longest)}boundary=x`,
}

const megabyte = 1024 * 1024

/** Fills almost the whole of what a body may have. */
const fill = (piece: string) => piece.repeat(Math.floor((megabyte - 2_000) / piece.length))

const flights = [
  `["$K1"${',"$1"'.repeat(200_000)}]`,
  '['.repeat(500_000),
  `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`,
  `[${'"$Q1",'.repeat(100_000)}"$W1"]`,
  `["$n${'9'.repeat(900_000)}"]`,
  `["$D${'1'.repeat(900_000)}"]`,
]

const deepFlights = ({ server }: Target): AttackRequest[] => {
  const id = actionId(signInAction)
  const headers = { 'next-action': id, origin: server.url }
  const chain = times(10_000, (at) => [String(at), `["$${at + 1}","$${at + 1}"]`] as const)
  return [
    ...flights.map((text) => form(multipart([['0', text]]), headers)),
    ...flights.map((body) => ({
      ...form(body, headers),
      headers: { ...headers, 'content-type': 'text/plain;charset=UTF-8' },
    })),
    form(multipart(chain), headers),
    form(multipart([['0', '["$K1"]'], ...times(8_000, (at) => [`_1_f${at}`, 'x'] as const)]), headers),
    form(
      multipart([
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', `{"id":"${id}","bound":"$@1"}`],
        ['$ACTION_1:1', '['.repeat(400_000)],
      ]),
    ),
  ]
}

/** @returns how far a client gets that announces no length and never stops, and what it is told. */
const pour = (server: AppServer, to: 'web' | 'api') =>
  new Promise<{ status: number | null; sent: number }>((resolve) => {
    const { port } = new URL(to === 'web' ? server.plainUrl : server.apiUrl)
    const piece = Buffer.alloc(64 * 1024, 'x')
    let sent = 0
    const outgoing = request({ host: '127.0.0.1', port, method: 'POST', path: to === 'web' ? '/connexion' : api.path })
    const end = (status: number | null) => {
      outgoing.destroy()
      resolve({ status, sent })
    }
    outgoing.on('response', ({ statusCode = 0 }) => end(statusCode)).on('error', () => end(null))
    const more = () => {
      if (outgoing.destroyed || sent > 1024 * megabyte) return
      sent += piece.length
      outgoing.write(piece, more)
    }
    more()
  })

const residentMb = ({ pid }: AppServer) =>
  Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout) / 1024

const endless: Attack = {
  name: '20 bodies without an end, on both ports',
  expected: '413, or 401 without a key, before 64 MB are sent; the process grows by less than 128 MB',
  run: async ({ server }) => {
    const before = residentMb(server)
    const poured: Awaited<ReturnType<typeof pour>>[] = []
    for (const at of times(20, (one) => one)) poured.push(await pour(server, at % 2 ? 'web' : 'api'))
    const grown = residentMb(server) - before
    const most = Math.max(...poured.map(({ sent }) => sent)) / megabyte
    const ok = poured.every(({ status }) => [401, 413].includes(status ?? 0)) && most < 64 && grown < 128
    const told = countEach(poured.map(({ status }) => status))
    return { ok, seen: `${told}; at most ${most.toFixed(0)} MB sent; grown by ${grown.toFixed(0)} MB` }
  },
}

const drip: Attack = {
  name: 'a body of 100,000 chunks of one byte',
  expected: `answered below 500 within ${slowestMs} ms`,
  run: async ({ server }) => {
    const head = `POST /connexion HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`
    const { text, ms } = await talk(server, `${head}${'1\r\nx\r\n'.repeat(100_000)}0\r\n\r\n`)
    const status = Number(text.split(' ')[1])
    return judge([{ status, ms, headers: {}, text }])
  },
}

const silent: Attack = {
  name: '1,000 silent connections, and as many that never end their headers',
  expected: 'all closed within 20 s; a page is answered meanwhile',
  run: async ({ server }) => {
    const { port } = new URL(server.plainUrl)
    const sockets = times(2_000, (at) => {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {})
      if (at % 2) socket.write('GET / HTTP/1.1\r\nHost: a\r\n')
      return socket.resume()
    })
    const closed = Promise.all(sockets.map((socket) => (socket.destroyed ? null : once(socket, 'close'))))
    const page = await send(server, { path: '/connexion' })
    const ended = await Promise.race([closed.then(() => true), pause(20_000, false)])
    for (const socket of sockets) socket.destroy()
    return { ok: ended && page.status === 200, seen: `${ended ? 'all closed' : 'some open'}; the page ${page.status}` }
  },
}

const meanwhile: Attack = {
  name: '64 of the heaviest forms at once',
  expected: 'none 500; health is answered throughout',
  run: async ({ server }) => {
    let over = false
    const health = (async () => {
      const statuses: (number | null)[] = []
      while (!over) {
        statuses.push((await send(server, { path: '/api/health' })).status)
        await pause(50)
      }
      return statuses
    })()
    const heavy = (at: number) => ({
      ...{ page: '/connexion', action: signInAction, ip: `198.51.100.${at}` },
      fields: { email: `${at}${fill('a@')}`, password: 'x' },
    })
    const answers = await atOnce(
      64,
      times(64, (at) => () => post(server, heavy(at))),
    )
    over = true
    const alive = await health
    const ok = answers.every(({ status }) => status !== null && status < 500) && alive.every((status) => status === 200)
    return { ok, seen: `${countEach(answers.map(({ status }) => status))}; health ${countEach(alive)}` }
  },
}

export const floods: Attack[] = [
  flood('15 kB of parameters, and 100', () =>
    ['a&'.repeat(7_500), 'a&'.repeat(99), 'a=%20&'.repeat(99)].flatMap((query) =>
      ['/', '/connexion', '/api/health'].flatMap((path) => bothPorts({ path: `${path}?${query}` })),
    ),
  ),
  flood('1,000 headers, and 98', () =>
    [1000, 98].flatMap((count) =>
      bothPorts({ path: '/connexion', headers: Object.fromEntries(times(count, (at) => [`x-${at}`, 'y'])) }),
    ),
  ),
  flood('headers of 12 kB, each a list', () =>
    Object.entries(longHeaders).flatMap(([name, value]) =>
      bothPorts({ path: '/connexion', headers: { [name]: value } }),
    ),
  ),
  flood('thousands of cookies', () =>
    ['a=;', '=;', ';', 'porte-cles-session=a;', 'a="b";'].flatMap((pair) =>
      bothPorts({ path: '/connexion', headers: { cookie: pair.repeat(Math.floor(longest / pair.length)) } }),
    ),
  ),
  flood('a megabyte of form fields, by form, by script and as JSON', ({ server }) => [
    form(multipart(times(12_000, (at) => [`f${at}`, ''] as const))),
    form(multipart(times(12_000, () => ['email', ''] as const))),
    form(fill('--attack\r\n')),
    form(fill('\r\n--attac')),
    form(multipart([['$ACTION_KEY', fill('a')]])),
    ...['a=&', 'a[]=&', '&', '%'].map((piece) => ({
      ...form(fill(piece), { 'content-type': 'application/x-www-form-urlencoded' }),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: server.url },
    })),
    ...['[', '{"a":', '"\\u0000",'].map((piece) => ({
      ...{ method: 'POST', path: '/api/auth/callback/credentials', body: fill(piece) },
      headers: { 'content-type': 'application/json', origin: server.url },
    })),
  ]),
  flood('deep, circular and long arguments of actions', deepFlights),
  flood('deep JSON to the API, with a key that lets in', async ({ server, a }) => {
    const headers = { authorization: `Bearer ${await newKey(server, a.tenantId)}` }
    return ['[', '{"a":', '"\\ud800",', ' ', '1e'].map((piece) => ({
      ...{ ...api, headers, body: piece.repeat(Math.floor((16 * 1024) / piece.length)) },
    }))
  }),
  endless,
  drip,
  meanwhile,
  silent,
]
