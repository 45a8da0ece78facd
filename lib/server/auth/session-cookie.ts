import { decode, encode } from 'next-auth/jwt'
import type { Container } from '#lib/composition/container.ts'
import type { Session } from '#lib/domain/accounts/session.ts'
import { sessionLifeMs } from '#lib/domain/accounts/session.ts'

type Settings = Pick<Container, 'publicUrl' | 'nextAuthSecret'>

export const sessionLifeS = sessionLifeMs / 1000

const isSecure = ({ publicUrl }: Pick<Settings, 'publicUrl'>) => publicUrl.startsWith('https:')

/** The cookie next-auth itself reads and writes. */
export const sessionCookie = (settings: Pick<Settings, 'publicUrl'>) => ({
  name: `${isSecure(settings) ? '__Secure-' : ''}next-auth.session-token`,
  options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(settings) } as const,
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
