import { dayMs } from '../duration.ts'

/**
 * What a browser remembers of those who signed in by it, in a sealed cookie: who guesses from elsewhere does not use up its
 * attempts.
 *
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
export interface KnownBrowser {
  id: string
  /** The newest first. */
  users: readonly { id: string; until: Date }[]
}

export const knownBrowserLifeMs = 365 * dayMs

/** A shared browser remembers its last users; a cookie holds no more than 4 kB. */
const usersAtMost = 10

export const isKnownTo = ({ users }: KnownBrowser, userId: string, now: Date): boolean =>
  users.some(({ id, until }) => id === userId && now.getTime() < until.getTime())

/** The same browser, after this user signed in by it. */
export const rememberUser = ({ id, users }: KnownBrowser, userId: string, now: Date): KnownBrowser => {
  const others = users.filter((user) => user.id !== userId && now.getTime() < user.until.getTime())
  const newest = { id: userId, until: new Date(now.getTime() + knownBrowserLifeMs) }
  return { id, users: [newest, ...others].slice(0, usersAtMost) }
}

export const writeKnownBrowser = ({ id, users }: KnownBrowser): string =>
  JSON.stringify([id, users.map((user) => [user.id, user.until.getTime()])])

/** Reads what `writeKnownBrowser` wrote, and only that: it comes out of a sealed value. */
export const readKnownBrowser = (text: string): KnownBrowser => {
  const [id, users] = JSON.parse(text) as [string, [string, number][]]
  return { id, users: users.map(([userId, until]) => ({ id: userId, until: new Date(until) })) }
}
