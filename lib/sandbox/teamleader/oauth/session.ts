import { getCookie, setCookie } from 'hono/cookie'
import type { SandboxContext } from '#lib/sandbox/respond.ts'
import type { State } from '#lib/sandbox/state.ts'
import type { User } from '../integration.ts'
import { mintTicket } from './opaque-token.ts'

/** Cookies know no port: on localhost the app beside us would see this one too, were it not for its name and paths. */
const sessionCookie = 'bac_a_sable_session'
const paths = ['/oauth2', '/marketplace']

export const signedInUser = (state: State, c: SandboxContext): User | undefined =>
  state.sessions.get(getCookie(c, sessionCookie) ?? '')

/** Where to sign in, and come back from to `way`, a path of ours. */
export const signInUrlOf = ({ origins }: State, way: string): string =>
  `${origins.signInUrl}/login?${new URLSearchParams({ continue: way })}`

/** The sign-in host hands its user over by a ticket, good once, which must not stay in the address. */
export function redeemTicket(state: State, c: SandboxContext): Response | undefined {
  const here = new URL(c.req.url)
  const ticket = here.searchParams.get('ticket')
  if (ticket === null) return undefined
  const user = state.tickets.get(ticket)
  state.tickets.delete(ticket)
  if (user) {
    const session = mintTicket()
    state.sessions.set(session, user)
    for (const path of paths) setCookie(c, sessionCookie, session, { path, httpOnly: true, sameSite: 'Lax' })
  }
  here.searchParams.delete('ticket')
  return c.redirect(`${here.pathname}${here.search}`)
}
