import { randomUUID } from 'node:crypto'
import { isOurs } from '../fuzz/log-line.ts'
import { type Attack, countEach, type Target } from './attack.ts'
import { type Answer, type AttackRequest, actionId, formType, multipart, post, send, talk } from './client.ts'

const signIn = 'lib/server/actions/sign-in.ts#signIn'

export const statusesBelow500 = (answers: readonly Pick<Answer, 'status'>[]) => ({
  ok: answers.every(({ status }) => status !== null && status < 500),
  seen: countEach(answers.map(({ status }) => status)),
})

export const sendAll = async ({ server }: Target, requests: readonly AttackRequest[]) => {
  const answers: Answer[] = []
  for (const one of requests) answers.push(await send(server, one))
  return answers
}

const linesSince = ({ server }: Target, before: number) => server.output().slice(before).split('\n').filter(Boolean)

const logInjection: Attack = {
  name: 'line breaks and JSON in headers, paths, fields and X-Forwarded-For',
  expected: 'each line of the log is ours, none quotes what was sent',
  run: async (target) => {
    const canary = `canary${randomUUID().replaceAll('-', '')}`
    const odd = `x"\\n{"level":"info","msg":"${canary}"}`
    const before = target.server.output().length
    const path = `/${encodeURIComponent(`\n{"level":1,"x":"${canary}"}`)}`
    await sendAll(target, [
      { path },
      { path: `/connexion?x=${path.slice(1)}` },
      { path: `/oauth/callback?error=${path.slice(1)}&error_description=${path.slice(1)}` },
      ...['user-agent', 'referer', 'next-action', 'x-request-id', 'x-forwarded-for', 'authorization', 'cookie'].map(
        (name) => ({ method: 'POST', path: '/connexion', headers: { [name]: odd } }),
      ),
      {
        to: 'api',
        method: 'POST',
        path: '/api/v1/connections/teamleader/token',
        headers: { authorization: `Bearer ${odd}` },
      },
    ])
    const typed = { email: `a@b.example\n{"level":1,"x":"${canary}"}`, password: canary }
    await post(target.server, { page: '/connexion', action: signIn, fields: typed })
    await talk(target.server, `GET /\n{"level":1,"x":"${canary}"} HTTP/1.1\r\n\r\n`)
    const lines = linesSince(target, before)
    const stray = lines.filter((line) => !isOurs(line) || line.includes(canary))
    return { ok: lines.length > 0 && stray.length === 0, seen: `${lines.length} lines, ${stray.length} stray` }
  },
}

const traced: Attack = {
  name: 'refusals of every kind, what Node answers by itself included',
  expected: 'each answer carries an id under which the log tells the status',
  run: async (target) => {
    const raw = [
      'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: a\r\na: ${'b'.repeat(17_000)}\r\n\r\n`,
    ]
    raw.push(
      'GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n',
      'POST /connexion HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    )
    const told: string[] = []
    for (const bytes of raw) {
      const { text } = await talk(target.server, bytes)
      const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? []
      const [, id = 'none'] = /\r\nx-request-id: (\S+)/i.exec(text) ?? []
      await new Promise((done) => setTimeout(done, 100))
      const line = target.server
        .output()
        .split('\n')
        .find((one) => one.includes(id))
      told.push(line?.includes(`"status":${status}`) ? `${status} told` : `${status} not told`)
    }
    return { ok: told.every((one) => !one.includes('not')), seen: countEach(told) }
  },
}

const methods: Attack = {
  name: 'TRACE, CONNECT, unknown methods and broken escapes, on both ports',
  expected: 'refused, none 500',
  run: async (target) => {
    const requests = ['TRACE', 'PROPFIND', 'REPORT', 'PURGE'].map((method) => ({ method, path: '/connexion' }))
    const broken = [
      '/%zz',
      '/%',
      '/%E0%A4%A',
      '/%00',
      '/connexion%2',
      '/invitation/%ff',
      '/support/%c0%af',
      '/_next/static/%zz',
      '/_next/image?url=%zz',
    ]
    const all: AttackRequest[] = [...requests, ...broken.map((path) => ({ path }))]
    const answers = await sendAll(target, [...all, ...all.map((one) => ({ ...one, to: 'api' as const }))])
    const refused = answers.every(({ status }) => status !== null && status >= 400)
    const { ok, seen } = statusesBelow500(answers)
    return { ok: ok && refused, seen }
  },
}

const flights = [
  '',
  '[]',
  '"$K1"',
  '["$K1"]',
  '["$1"]',
  '{"0":"$1","1":"$0"}',
  '["$F1"]',
  '["$h1"]',
  '["$@1"]',
  '["$B1"]',
  '["$undefined"]',
]
flights.push(
  '["$Q9"]',
  '["$W9"]',
  '["$i9"]',
  '["$r9"]',
  '["$o9"]',
  '["$n1x"]',
  '["$D"]',
  '["$1:__proto__:polluted"]',
  '["$1:constructor:constructor"]',
  '\u0000',
  '{"then":"$1:then"}',
)

const brokenFlights: Attack = {
  name: 'broken and hostile Flight bodies, by script and by form',
  expected: 'none 500; nothing runs',
  run: async (target) => {
    const { server } = target
    const id = actionId(signIn)
    const answers = await sendAll(
      target,
      flights.flatMap((text): AttackRequest[] => {
        const script = { 'next-action': id, origin: server.url }
        const sent = { method: 'POST', path: '/connexion' }
        return [
          { ...sent, headers: { ...script, 'content-type': 'text/plain;charset=UTF-8' }, body: text },
          {
            ...sent,
            headers: { ...script, 'content-type': formType },
            body: multipart([
              ['0', text],
              ['1', text],
            ]),
          },
          { ...sent, headers: { ...script, 'content-type': formType }, body: multipart([['1', text]]).slice(0, -8) },
          {
            ...{ ...sent, headers: { origin: server.url, 'content-type': formType } },
            body: multipart([
              ['$ACTION_REF_1', ''],
              ['$ACTION_1:0', `{"id":"${id}","bound":"$@1"}`],
              ['$ACTION_1:1', text],
            ]),
          },
        ]
      }),
    )
    const before = target.server.output().includes('polluted')
    const { ok, seen } = statusesBelow500(answers)
    return { ok: ok && !before, seen }
  },
}

const elsewhere = [
  '//evil.example',
  '/\\evil.example',
  '/%2F%2Fevil.example',
  '/%5Cevil.example',
  '/.evil.example',
  '//evil.example/%2e%2e',
  '/connexion//evil.example',
]

const redirects: Attack = {
  name: 'addresses and parameters that name another site',
  expected: 'every redirect stays on this host',
  run: async (target) => {
    const evil = encodeURIComponent('https://evil.example/')
    const names = ['retour', 'next', 'callbackUrl', 'redirect', 'redirect_uri', 'url', 'returnTo', 'iss']
    const requests: AttackRequest[] = [
      ...elsewhere.map((path) => ({ path })),
      ...[
        '/',
        '/connexion',
        '/oauth/callback',
        '/oauth/depart',
        '/api/auth/signin',
        '/api/auth/signout',
        '/api/auth/error',
      ].flatMap((path) => names.map((name) => ({ path: `${path}?${name}=${evil}` }))),
      ...['host', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded'].map((name) => ({
        path: '/',
        headers: { [name]: name === 'forwarded' ? 'host=evil.example' : 'evil.example' },
      })),
    ]
    const answers = await sendAll(target, requests)
    const outside = answers.filter(({ headers, text }) => {
      const { location, refresh } = headers
      const to = [location, refresh].flat().filter((value) => value !== undefined)
      return (
        to.some((value) => new URL(value, target.server.url).origin !== target.server.url) ||
        /http-equiv="refresh"[^>]*evil/.test(text)
      )
    })
    const { ok, seen } = statusesBelow500(answers)
    return { ok: ok && outside.length === 0, seen: `${seen}; ${outside.length} lead away` }
  },
}

export const requests: Attack[] = [methods, brokenFlights, logInjection, traced, redirects]
