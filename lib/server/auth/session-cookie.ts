import { decode, encode } from 'next-auth/jwt'
import type { Container } from '#lib/composition/container.ts'
import type { Session } from '#lib/domain/accounts/session.ts'
import { sessionLifeMs } from '#lib/domain/accounts/session.ts'
import { cookieAttributes, cookieName, sessionName } from '../cookies/cookie-name.ts'

type Settings = Pick<Container, 'publicUrl' | 'nextAuthSecret'>

export const sessionLifeS = sessionLifeMs / 1000

const own = (name: string, publicUrl: string) => ({
  name: cookieName(name, '/', publicUrl),
  options: cookieAttributes('/', 'lax', publicUrl),
})

/** Of our own name: another app with next-auth, on a parent domain, writes next-auth's. */
export const sessionCookie = ({ publicUrl }: Pick<Settings, 'publicUrl'>) => own(sessionName, publicUrl)

/** What a session was kept in that began before the cookie had its own name; read until that session ends. */
export const formerSessionCookie = ({ publicUrl }: Pick<Settings, 'publicUrl'>): string =>
  `${publicUrl.startsWith('https:') ? '__Secure-' : ''}next-auth.session-token`

/** All that next-auth itself reads and writes. */
export const authCookies = (publicUrl: string) => ({
  sessionToken: sessionCookie({ publicUrl }),
  callbackUrl: own('porte-cles-auth-callback', publicUrl),
  csrfToken: own('porte-cles-auth-csrf', publicUrl),
})

/** A sealed token that holds the session's id alone: all else is asked of the database. */
export const sealSession = ({ id }: Session, { nextAuthSecret }: Settings): Promise<string> =>
  encode({ token: { sid: id }, secret: nextAuthSecret, maxAge: sessionLifeS })

/** @returns the session's id; null for a token that is not ours, altered or too old. */
export const openSession = async (token: string, { nextAuthSecret }: Settings): Promise<string | null> => {
  try {
    const opened = await decode({ token, secret: nextAuthSecret })
    return typeof opened?.sid === 'string' ? opened.sid : null
  } catch {
    return null
  }
}
