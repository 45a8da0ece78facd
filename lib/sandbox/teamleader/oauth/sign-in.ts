import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { showPage } from '#lib/sandbox/pages/page.ts'
import { style } from '#lib/sandbox/pages/style.ts'
import type { State } from '#lib/sandbox/state.ts'
import { mintTicket } from './opaque-token.ts'
import { signInPage } from './sign-in-page.ts'

/** The sign-in host, a second origin: a form post that started elsewhere has to survive the hop. */
export function signInHost(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const show = (way: string, failed: boolean): Promise<Response> =>
    showPage(signInPage({ way, failed, users: state.users }), {
      status: failed ? 401 : 200,
      formAction: `'self' ${state.origins.url}`,
    })
  app.get('/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/login', (c) => show(c.req.query('continue') ?? '', false))
  app.post('/login', async (c) => {
    const { email, password, continue: way } = await c.req.parseBody()
    const user = state.users.find((candidate) => candidate.email === String(email).trim().toLowerCase())
    if (!user || user.password !== password) return show(String(way ?? ''), true)
    const ticket = mintTicket()
    state.tickets.set(ticket, user)
    const back = returnPath(String(way ?? ''))
    return c.redirect(`${state.origins.url}${back}${back.includes('?') ? '&' : '?'}ticket=${ticket}`)
  })
  return app
}

/** Only ever back to the consent page or the portal, on our own first origin. */
const returnPath = (way: string): string =>
  /^\/(oauth2\/authorize\?|marketplace\b)/.test(way) ? way : '/marketplace/focus'
