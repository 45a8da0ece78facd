import { expect, test } from 'vitest'
import { isKnownTo, knownBrowserLifeMs, readKnownBrowser, rememberUser, writeKnownBrowser } from './known-browser.ts'

const now = new Date('2026-11-27T02:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const empty = { id: 'the-browser', users: [] }

test('a browser is known for a year to whoever signed in by it, and to nobody else', () => {
  const browser = rememberUser(empty, 'marie', now)
  expect(isKnownTo(browser, 'marie', later(knownBrowserLifeMs - 1))).toBe(true)
  expect(isKnownTo(browser, 'marie', later(knownBrowserLifeMs))).toBe(false)
  expect(isKnownTo(browser, 'luc', now)).toBe(false)
})

test('signing in again begins the year anew, and keeps the browser and its other users', () => {
  const twice = rememberUser(rememberUser(rememberUser(empty, 'marie', now), 'luc', now), 'marie', later(1000))
  expect(twice).toEqual({
    id: 'the-browser',
    users: [
      { id: 'marie', until: later(1000 + knownBrowserLifeMs) },
      { id: 'luc', until: later(knownBrowserLifeMs) },
    ],
  })
})

test('the last ten users are remembered', () => {
  const shared = Array.from({ length: 12 }, (_, n) => `user ${n}`).reduce(
    (browser, user) => rememberUser(browser, user, now),
    empty as ReturnType<typeof rememberUser>,
  )
  expect(shared.users.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => `user ${11 - n}`))
})

test('what is written is read again', () => {
  const browser = rememberUser(rememberUser(empty, 'marie', now), 'luc', now)
  expect(readKnownBrowser(writeKnownBrowser(browser))).toEqual(browser)
})
