import type { NextAuthOptions } from 'next-auth'
import credentials from 'next-auth/providers/credentials'
import type { Container } from '#lib/composition/container.ts'
import type { KnownBrowser } from '#lib/domain/accounts/known-browser.ts'
import type { Client } from '#lib/domain/accounts/session.ts'
import { Failure } from '#lib/domain/failure.ts'
import { authCookies, sessionLifeS } from './session-cookie.ts'

/** Told how a sign-in ended, since next-auth words every refusal alike. */
export interface Ended {
  onRefused(failure: Failure): void
}

/** Addresses of ours alone; next-auth's default throws at hostile ones. */
const ownUrl = (url: string, publicUrl: string): string => {
  if (!URL.canParse(url, publicUrl)) return publicUrl
  const target = new URL(url, publicUrl)
  return target.origin === publicUrl ? target.href : publicUrl
}

/**
 * next-auth beside our own sign-in: the same verb, throttle, cookie and database check.
 *
 * @param from where the request came from
 * @param browser by whom it was used before, if so
 */
export const authOptions = (
  { signIn, sessions, publicUrl, nextAuthSecret, log }: Container,
  ended: Ended,
  from: Client = { ip: null, device: null },
  browser: KnownBrowser | null = null,
): NextAuthOptions => ({
  secret: nextAuthSecret,
  session: { strategy: 'jwt', maxAge: sessionLifeS },
  useSecureCookies: publicUrl.startsWith('https:'),
  cookies: authCookies(publicUrl),
  // its own lines quote what was sent
  logger: {
    error: (code) => log.warn('next-auth refused a request', { errorCode: code }),
    warn: () => {},
    debug: () => {},
  },
  pages: { signIn: '/connexion', signOut: '/connexion', error: '/connexion' },
  providers: [
    credentials({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      authorize: async (typed) => {
        const { email = '', password = '' } = typed ?? {}
        try {
          const session = await signIn.begin({ email, password, ...from, browser })
          return { id: session.id }
        } catch (error) {
          ended.onRefused(error instanceof Failure ? error : new Failure('unexpected', {}, { cause: error }))
          return null
        }
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => ({ sid: user?.id ?? token.sid }),
    session: async ({ session, token }) => {
      const user = typeof token.sid === 'string' ? await sessions.findUser(token.sid) : null
      // next-auth reads an empty object as « nobody »
      if (!user) return {} as typeof session
      return { expires: session.expires, user: { name: user.name, email: user.email } }
    },
    redirect: async ({ url }) => ownUrl(url, publicUrl),
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.sid === 'string') await sessions.end(token.sid, from.ip)
    },
  },
})
