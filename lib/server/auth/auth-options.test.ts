import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Failure } from '#lib/domain/failure.ts'
import { type AccountsApp, openAccountsApp, passphrase } from '#lib/testing/app/accounts-app.ts'
import { authOptions } from './auth-options.ts'

let apiServer: AccountsApp
let refusals: Failure[]

beforeEach(async () => {
  apiServer = await openAccountsApp()
  refusals = []
})
afterEach(() => apiServer.close())

const options = () => authOptions(apiServer.app, { onRefused: (failure) => refusals.push(failure) })

/** next-auth keeps what the provider was given under `options`. */
const authorize = (password: string) => {
  const [provider] = options().providers as unknown as {
    options: { authorize: (typed: object, request: object) => Promise<{ id: string } | null> }
  }[]
  return provider?.options.authorize({ email: 'marie@atelier.example', password }, { headers: {} })
}

const sessionOf = (sid: unknown) => {
  const session = { expires: '2026-11-23T00:00:00.000Z' }
  return options().callbacks?.session?.({ session, token: { sid } } as never)
}

test.each([
  ['/support', 'http://localhost:3000/support'],
  ['http://localhost:3000/support?a=b', 'http://localhost:3000/support?a=b'],
  ['https://evil.example', 'http://localhost:3000'],
  ['//evil.example', 'http://localhost:3000'],
  ['\\\\evil', 'http://localhost:3000'],
  ['https://host:3100.evil.example', 'http://localhost:3000'],
  ['http://localhost:3000@evil.example', 'http://localhost:3000'],
  ['javascript:alert(1)', 'http://localhost:3000'],
])('the callback URL %s leads to %s', async (url, led) => {
  expect(await options().callbacks?.redirect?.({ url, baseUrl: 'http://localhost:3000' })).toBe(led)
})

test('next-auth signs in through the same verb: its session is ours, and is dead once ended', async () => {
  await apiServer.addAdmin('marie@atelier.example')
  const user = await authorize(passphrase)
  const token = await options().callbacks?.jwt?.({ token: { name: 'Marie' }, user } as never)
  expect(token).toEqual({ sid: user?.id })
  expect(await sessionOf(token?.sid)).toMatchObject({ user: { email: 'marie@atelier.example' } })
  await options().events?.signOut?.({ token } as never)
  expect(await sessionOf(token?.sid)).toEqual({})
})

test('next-auth’s own endpoint has the same limit', async () => {
  await apiServer.addAdmin('marie@atelier.example')
  for (let turn = 0; turn < 10; turn += 1) expect(await authorize('a guess')).toBeNull()
  expect(await authorize(passphrase)).toBeNull()
  expect(refusals.map(({ code }) => code)).toEqual([...Array(10).fill('credentials_wrong'), 'too_many_attempts'])
})

test.each([undefined, null, 42, '', 'unknown'])('a token with the session %o names nobody', async (sid) => {
  expect(await sessionOf(sid)).toEqual({})
})
