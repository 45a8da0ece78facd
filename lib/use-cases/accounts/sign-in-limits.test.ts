import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { rememberUser } from '#lib/domain/accounts/known-browser.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type AccountsApp, openAccountsApp, passphrase } from '#lib/testing/app/accounts-app.ts'
import { delays } from './rate-limit.ts'
import { type Attempt, signInLimits } from './sign-in.ts'

const email = 'marie@atelier.example'
const right = { email, password: passphrase, ip: null }
const wrong = { ...right, password: 'not her phrase at all' }
const minuteMs = 60_000

let accountsApp: AccountsApp

beforeEach(async () => {
  accountsApp = await openAccountsApp()
})
afterEach(() => accountsApp.close())

const codeOf = async (attempt: Promise<unknown>) => {
  const failed: unknown = await attempt.then(
    () => 'in',
    (error: unknown) => error,
  )
  return failed instanceof Failure ? failed.code : failed
}

const password = (times: number, attempt: Attempt = wrong) =>
  Promise.all(Array.from({ length: times }, () => codeOf(accountsApp.app.signIn.begin(attempt))))

const count = (codes: unknown[], code: string) => codes.filter((found) => found === code).length

describe('guessing', () => {
  test('of thirty attempts at once ten are checked, then even the right password waits, and is told how long', async () => {
    await accountsApp.addAdmin(email)
    const codes = await password(30)
    expect(count(codes, 'credentials_wrong')).toBe(10)
    expect(count(codes, 'too_many_attempts')).toBe(20)
    accountsApp.pass(5 * minuteMs)
    const refused = await accountsApp.app.signIn.begin(right).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'too_many_attempts', evidence: { retryAfterS: 10 * 60 } })
    accountsApp.pass(10 * minuteMs)
    expect(await codeOf(accountsApp.app.signIn.begin(right))).toBe('in')
  })

  test('an address nobody has is limited like any other', async () => {
    const codes = await password(12, { ...wrong, email: 'nobody@atelier.example' })
    expect(count(codes, 'too_many_attempts')).toBe(2)
  })

  test('signing in often is no attack, and does not wipe out the attempts of others', async () => {
    await accountsApp.addAdmin(email)
    await password(9)
    for (let turn = 0; turn < 15; turn += 1) await accountsApp.app.signIn.begin(right)
    expect(await password(2)).toEqual(expect.arrayContaining(['credentials_wrong', 'too_many_attempts']))
  })

  test('a stranger who guesses never keeps the owner out of a browser that signed in before', async () => {
    const { userId } = await accountsApp.addAdmin(email)
    const browser = rememberUser({ id: 'her-browser', users: [] }, userId, accountsApp.app.clock.now())
    const codes = await password(30)
    expect(count(codes, 'credentials_wrong')).toBe(10)
    expect(await codeOf(accountsApp.app.signIn.begin(right))).toBe('too_many_attempts')
    expect(await codeOf(accountsApp.app.signIn.begin({ ...right, browser }))).toBe('in')
    const otherBrowser = { id: 'another', users: browser.users.map((user) => ({ ...user, id: 'another user' })) }
    expect(await codeOf(accountsApp.app.signIn.begin({ ...right, browser: otherBrowser }))).toBe('too_many_attempts')
  })

  test('each browser that signed in before has ten guesses of its own, for a year', async () => {
    const { userId } = await accountsApp.addAdmin(email)
    const known = (id: string) => rememberUser({ id, users: [] }, userId, accountsApp.app.clock.now())
    const [first, second] = [known('first'), known('second')]
    const codes = await password(12, { ...wrong, browser: first })
    expect(count(codes, 'credentials_wrong')).toBe(10)
    expect(await codeOf(accountsApp.app.signIn.begin({ ...right, browser: first }))).toBe('too_many_attempts')
    expect(await codeOf(accountsApp.app.signIn.begin({ ...right, browser: second }))).toBe('in')
    expect(await codeOf(accountsApp.app.signIn.begin(right))).toBe('in')
    await password(10)
    accountsApp.pass(365 * 24 * 60 * minuteMs)
    await password(10)
    expect(await codeOf(accountsApp.app.signIn.begin({ ...right, browser: first }))).toBe('too_many_attempts')
  })

  test('one trusted address makes a hundred attempts an hour, over any accounts', async () => {
    const ip = (turn: number) => ({ email: `user${turn}@x.example`, password: 'guess', ip: '192.0.2.7' })
    const attempts = Array.from({ length: 102 }, (_, turn) => codeOf(accountsApp.app.signIn.begin(ip(turn))))
    expect(count(await Promise.all(attempts), 'too_many_attempts')).toBe(2)
    expect(await codeOf(accountsApp.app.signIn.begin({ ...ip(200), ip: '192.0.2.8' }))).toBe('credentials_wrong')
  })

  /** As if an address had used up its attempts. */
  const fill = (bucket: string, limit: number) =>
    accountsApp.db.q.insert(accountsApp.db.tables.throttleLog).values(
      Array.from({ length: limit }, (_, turn) => ({
        id: `${bucket} ${turn}`,
        bucket,
        at: accountsApp.app.clock.now(),
      })),
    )

  const addressBucket = (network: string) => `sign-in:address:${accountsApp.app.random.hash(network)}`

  test('what an address is refused does not count for the account', async () => {
    await accountsApp.addAdmin(email)
    await fill(addressBucket('192.0.2.7'), signInLimits.ip.limit)
    expect(count(await password(12, { ...wrong, ip: '192.0.2.7' }), 'too_many_attempts')).toBe(12)
    expect(await codeOf(accountsApp.app.signIn.begin({ ...right, ip: '192.0.2.8' }))).toBe('in')
  })

  test('what an account is refused does not count for the address', async () => {
    await accountsApp.addAdmin(email)
    const ip = '192.0.2.7'
    for (let round = 0; round < 12; round += 1) await password(10, { ...wrong, ip })
    expect(await codeOf(accountsApp.app.signIn.begin({ ...wrong, ip, email: 'nobody@x.example' }))).toBe(
      'credentials_wrong',
    )
  })

  test('the hosts of an IPv6 network share what is counted for one address', async () => {
    await fill(addressBucket('2001:db8:1:2::/64'), signInLimits.ip.limit)
    const from = (ip: string) => codeOf(accountsApp.app.signIn.begin({ ...wrong, ip }))
    expect(await from('2001:db8:1:2:ffff::9')).toBe('too_many_attempts')
    expect(await from('2001:db8:1:3::9')).toBe('credentials_wrong')
  })

  describe('a flood over all accounts', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
    afterEach(() => void vi.useRealTimers())

    /** Resolves when as many answers wait. */
    const waiting = async (timers: number) => {
      while (vi.getTimerCount() < timers) await new Promise(setImmediate)
    }

    test('delays every answer by one to five seconds, and refuses none', async () => {
      await accountsApp.addAdmin(email)
      await fill('sign-in:everyone', signInLimits.everyone.limit)
      const answered: string[] = []
      const attempt = codeOf(accountsApp.app.signIn.begin(right)).then((code) => answered.push(String(code)))
      await waiting(1)
      await vi.advanceTimersByTimeAsync(delays.leastMs - 1)
      expect(answered).toEqual([])
      await vi.advanceTimersByTimeAsync(delays.mostMs - delays.leastMs + 1)
      await attempt
      expect(answered).toEqual(['in'])
    })

    test('makes fifty wait at most: the next is answered at once', async () => {
      await fill('sign-in:everyone', signInLimits.everyone.limit)
      const other = (turn: number) => ({ ...wrong, email: `user${turn}@x.example` })
      const late = Array.from({ length: delays.waitingAtMost }, (_, turn) =>
        codeOf(accountsApp.app.signIn.begin(other(turn))),
      )
      await waiting(delays.waitingAtMost)
      expect(await codeOf(accountsApp.app.signIn.begin(other(100)))).toBe('credentials_wrong')
      await vi.advanceTimersByTimeAsync(delays.mostMs)
      expect(count(await Promise.all(late), 'credentials_wrong')).toBe(delays.waitingAtMost)
    })

    test('is over when fewer than three hundred were wrong in a quarter of an hour', async () => {
      await fill('sign-in:everyone', signInLimits.everyone.limit)
      accountsApp.pass(signInLimits.everyone.windowMs)
      expect(await codeOf(accountsApp.app.signIn.begin(wrong))).toBe('credentials_wrong')
    })
  })
})
