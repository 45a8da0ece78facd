import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { errorPage, showPage } from '#lib/sandbox/pages/page.ts'
import { answer, type SandboxContext } from '#lib/sandbox/respond.ts'
import { type State, switchesFor } from '#lib/sandbox/state.ts'
import { connectionOf, type User } from '../integration.ts'
import { type AuthorizationRequest, administratorsOnly, readAuthorizationRequest } from './authorization-request.ts'
import { consentPage } from './consent-page.ts'
import { issueCode } from './grants.ts'
import { OAuthRefusal, wordAsOAuth } from './oauth-error.ts'
import { readChallenge } from './pkce.ts'
import { redirectBack } from './redirect.ts'
import { redeemTicket, signedInUser, signInUrlOf } from './session.ts'

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
  const challenge = readChallenge(here.searchParams, switchesFor(state, request.client.clientId).pkce_required)
  if (challenge instanceof OAuthRefusal) return refuse(state, request, challenge)
  const delivery = redeemTicket(state, c)
  if (delivery) return delivery
  const back = `${here.pathname}${here.search}`
  const signIn = signInUrlOf(state, back)
  if (!user) return c.redirect(signIn)
  const { client, redirectUri, clientState } = request
  if (client.adminOnly && !user.permissions.includes('admin')) {
    return showPage(errorPage(administratorsOnly), { status: administratorsOnly.status })
  }
  if (c.req.method === 'GET') return showPage(consentPage({ client, user, action: back, changeAccount: signIn }))
  const { decision } = await c.req.parseBody()
  if (decision !== 'grant') return refuse(state, request, new OAuthRefusal('consentRefused'))
  const code = issueCode(state, client, user, redirectUri, challenge)
  return c.redirect(redirectBack(redirectUri, { code, state: clientState }))
}

/** The documentation shows a bare `error`; the probable library says more and echoes the state: `refusal_state`. */
function refuse(
  state: State,
  { client, redirectUri, clientState }: AuthorizationRequest,
  refusal: OAuthRefusal,
): Response {
  const { refusal_state, league } = switchesFor(state, client.clientId)
  const { error, body } = wordAsOAuth(refusal, league)
  const params = refusal_state ? { ...body, state: clientState } : { error }
  return new Response(null, { status: 302, headers: { location: redirectBack(redirectUri, params) } })
}
