import { randomUUID } from 'node:crypto'
import { newAdmin } from '../harness/customer.ts'
import { type Attack, atOnce, countEach, type Target, times } from './attack.ts'
import { cookieOf, post, send, trySignIn } from './client.ts'

/** No two of these are in one network. */
const anyIp = () => `${10 + random(200)}.${random(256)}.${random(256)}.${random(256)}`
const random = (below: number) => Math.floor(Math.random() * below)
const nobody = () => `${randomUUID()}@atelier-delvaux.example`

const guess = ({ server }: Target, email: string, ip: string, headers: Record<string, string> = {}) =>
  trySignIn(server, { email, password: 'a guess', ip, headers })

/** The right password, from a client of its own. */
const enters = ({ server }: Target, customer: { email: string; password: string }, headers = {}) =>
  trySignIn(server, { ...customer, ip: anyIp(), headers })

const flooded: Attack = {
  name: '990 wrong sign-ins from one client, then a customer with the right password',
  expected: 'the client refused after 100 with 429 and Retry-After; the customer in',
  run: async (target) => {
    const guesses = await atOnce(
      12,
      times(990, () => () => guess(target, nobody(), '192.0.2.66')),
    )
    const { outcome } = await enters(target, target.a)
    const let100 = guesses.filter(({ code }) => code === 'credentials_wrong').length
    const limited = guesses.filter(({ status, headers }) => status === 429 && Number(headers['retry-after']) > 0).length
    const seen = `${let100} tried, ${limited} refused with 429 and Retry-After; the customer ${outcome}`
    return { ok: let100 <= 100 && limited === 990 - let100 && outcome === 'in', seen }
  },
}

const spread: Attack = {
  name: '400 wrong sign-ins from as many clients, then a customer with the right password',
  expected: 'nobody refused; the customer in, within 6 s',
  run: async (target) => {
    const guesses = await atOnce(
      60,
      times(400, () => () => guess(target, nobody(), anyIp())),
    )
    const { outcome, ms } = await enters(target, target.b)
    const refused = guesses.filter(({ status }) => status === 429).length
    return {
      ok: refused === 0 && outcome === 'in' && ms < 6_000,
      seen: `${refused} refused; the customer ${outcome} after ${(ms / 1000).toFixed(1)} s`,
    }
  },
}

const lockedOut: Attack = {
  name: '10 guesses again and again at one person, who has signed in here before',
  expected: 'guesses refused with 429; the owner in each time',
  run: async (target) => {
    const owner = await newAdmin(target.server, target.a.tenantId)
    const first = await enters(target, owner)
    const known = [first.headers['set-cookie'] ?? []].flat().find((line) => line.startsWith('porte-cles-known='))
    const cookie = known?.split(';')[0] ?? ''
    const outcomes: string[] = []
    let refused = 0
    for (const _ of times(3, () => null)) {
      const guesses = await atOnce(
        6,
        times(12, () => () => guess(target, owner.email, anyIp())),
      )
      refused += guesses.filter(({ status }) => status === 429).length
      outcomes.push((await enters(target, owner, { cookie })).outcome)
    }
    return {
      ok: refused >= 26 && outcomes.every((outcome) => outcome === 'in'),
      seen: `${refused} of 36 guesses refused; the owner ${countEach(outcomes)}`,
    }
  },
}

/** Guesses by one client that wants to look like many. */
const disguised = (name: string, ipOf: (at: number) => string): Attack => ({
  name,
  expected: 'no more than 100 tried in an hour',
  run: async (target) => {
    const guesses = await atOnce(
      12,
      times(120, (at) => () => guess(target, nobody(), ipOf(at))),
    )
    const tried = guesses.filter(({ status }) => status !== 429).length
    return { ok: tried <= 100, seen: `${tried} tried, ${guesses.length - tried} refused` }
  },
})

const askReset = ({ server }: Target, email: string, ip: string) =>
  post(server, {
    page: '/mot-de-passe',
    action: 'lib/server/actions/account.ts#requestPasswordReset',
    fields: { email },
    ip,
  })

const mailsTo = ({ mails }: Target, email: string) =>
  mails.received.filter(({ recipients }) => recipients.includes(email)).length

const untilMailed = async (target: Target, email: string, count: number) => {
  const giveUpAt = Date.now() + 15_000
  while (mailsTo(target, email) < count && Date.now() < giveUpAt) await new Promise((done) => setTimeout(done, 100))
  return mailsTo(target, email)
}

const resets: Attack = {
  name: '500 requests for a new password by many clients, then one by a customer',
  expected: 'none refused; the customer has the mail',
  run: async (target) => {
    const answers = await atOnce(
      60,
      times(500, () => () => askReset(target, nobody(), anyIp())),
    )
    const { email } = await newAdmin(target.server, target.b.tenantId)
    await askReset(target, email, anyIp())
    const mailed = await untilMailed(target, email, 1)
    const refused = answers.filter(({ status }) => status !== 200).length
    return { ok: refused === 0 && mailed === 1, seen: `${refused} refused; ${mailed} mail to the customer` }
  },
}

const mailFlood: Attack = {
  name: '40 requests for one person’s new password, by as many clients',
  expected: 'at most 3 mails; the rest 429 with Retry-After',
  run: async (target) => {
    const { email } = await newAdmin(target.server, target.a.tenantId)
    const answers = await atOnce(
      8,
      times(40, () => () => askReset(target, email, anyIp())),
    )
    const mailed = await untilMailed(target, email, 4)
    const limited = answers.filter(({ status, headers }) => status === 429 && Number(headers['retry-after']) > 0).length
    return { ok: mailed > 0 && mailed <= 3 && limited === 37, seen: `${mailed} mails, ${limited} refused` }
  },
}

const invitations: Attack = {
  name: '30 invitations by one admin',
  expected: 'at most 20 mails an hour; the rest 429',
  run: async (target) => {
    const { server, mails, b } = target
    const cookie = await cookieOf(server, b)
    const before = mails.received.length
    const fields = (email: string) => ({ email, name: 'Luc Peeters', role: 'reader' })
    const action = 'lib/server/actions/users.ts#inviteUser'
    const page = '/administratif/utilisateurs'
    const answers = await atOnce(
      4,
      times(30, () => () => post(server, { page, action, fields: fields(nobody()), headers: { cookie } })),
    )
    const sent = mails.received.length - before
    const limited = answers.filter(({ status }) => status === 429).length
    return { ok: sent > 0 && sent <= 20 && limited >= 10, seen: `${sent} mails, ${limited} refused` }
  },
}

const sameWords: Attack = {
  name: 'a known and an unknown address, by form and by next-auth’s own route',
  expected: 'the same words and status for both',
  run: async (target) => {
    const { server, a } = target
    const shapes = await Promise.all(
      [a.email, nobody()].map(async (email) => {
        const { status, code } = await guess(target, email, anyIp())
        const callback = await send(server, {
          ...{ method: 'POST', path: '/api/auth/callback/credentials', ip: anyIp() },
          headers: { origin: server.url, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ email, password: 'a guess' }).toString(),
        })
        return `${status} ${code}, ${callback.status}`
      }),
    )
    return { ok: shapes[0] === shapes[1], seen: countEach(shapes) }
  },
}

export const guessing: Attack[] = [
  sameWords,
  disguised('guesses from an IPv6 /64, each by another address', (at) => `2001:db8:aaaa:1::${at.toString(16)}`),
  disguised('guesses whose proxy appends a port', (at) => `192.0.2.77:${40_000 + at}`),
  disguised('guesses that forge the left of X-Forwarded-For', () => `${anyIp()}, 192.0.2.88`),
  lockedOut,
  // from here on more is guessed than is answered at once
  flooded,
  spread,
  resets,
  mailFlood,
  invitations,
]
