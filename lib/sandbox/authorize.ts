import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { answer, type SandboxContext } from './answer.ts'
import { type AuthorizationRequest, readAuthorizationRequest } from './authorization-request.ts'
import { consentPage } from './consent-page.ts'
import { issueCode } from './grants.ts'
import { connectionOf, type User } from './integration.ts'
import { OAuthRefusal, wordRefusal } from './oauth-refusal.ts'
import { mintTicket } from './opaque.ts'
import { errorPage, showPage } from './page.ts'
import { redirectBack } from './redirect-back.ts'
import { type State, switchesFor } from './state.ts'

/** Cookies know no port: on localhost the app beside us sees this one too, so its name must be ours alone. */
const sessionCookie = 'bac_a_sable_session'

/** `/oauth2/authorize`: check the request, have the user sign in elsewhere, ask, redirect. @see RFC 6749 §4.1 */
export function authorizeEndpoint(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.on(['GET', 'POST'], '/oauth2/authorize', (c) => {
    const clientId = c.req.query('client_id')
    const user = signedInUser(state, c)
    const connection = clientId !== undefined && user ? connectionOf(clientId, user) : undefined
    return answer(state, c, { endpoint: 'authorize', clientId, connection, token: undefined }, () =>
      decide(state, c, user),
    )
  })
  return app
}

async function decide(state: State, c: SandboxContext, user: User | undefined): Promise<Response> {
  const here = new URL(c.req.url)
  const request = readAuthorizationRequest(state, here.searchParams)
  if ('status' in request) return showPage(errorPage(request), { status: request.status })
  const scope = here.searchParams.get('scope')
  if (scope !== null) return refuse(state, request, new OAuthRefusal('scopeInvalid', scope.split(' ')[0]))
  const ticket = here.searchParams.get('ticket')
  if (ticket !== null) return redeem(state, c, here, ticket)
  const back = `${here.pathname}${here.search}`
  const signIn = `${state.origins.signInUrl}/login?${new URLSearchParams({ continue: back })}`
  if (!user) return c.redirect(signIn)
  if (c.req.method === 'GET') return showPage(consentPage({ ...request, user, action: back, changeAccount: signIn }))
  const { decision } = await c.req.parseBody()
  if (decision !== 'grant') return refuse(state, request, new OAuthRefusal('consentRefused'))
  const code = issueCode(state, request.client, user, request.redirectUri)
  return c.redirect(redirectBack(request.redirectUri, { code, state: request.clientState }))
}

/** The documentation shows a bare `error`; the probable library says more and echoes the state: `refusal_state`. */
function refuse(
  state: State,
  { client, redirectUri, clientState }: AuthorizationRequest,
  refusal: OAuthRefusal,
): Response {
  const { refusal_state, league } = switchesFor(state, client.clientId)
  const { body } = wordRefusal(refusal, league)
  const told = refusal_state ? { ...body, state: clientState } : { error: body.error }
  return new Response(null, { status: 302, headers: { location: redirectBack(redirectUri, told) } })
}

function signedInUser(state: State, c: SandboxContext): User | undefined {
  return state.sessions.get(getCookie(c, sessionCookie) ?? '')
}

/** The sign-in host hands its user over by a ticket, good once, which must not stay in the address. */
function redeem(state: State, c: SandboxContext, here: URL, ticket: string): Response {
  const user = state.tickets.get(ticket)
  state.tickets.delete(ticket)
  if (user) {
    const session = mintTicket()
    state.sessions.set(session, user)
    setCookie(c, sessionCookie, session, { path: '/oauth2', httpOnly: true, sameSite: 'Lax' })
  }
  here.searchParams.delete('ticket')
  return c.redirect(`${here.pathname}${here.search}`)
}
