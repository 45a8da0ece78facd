import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { showPage } from '../pages/page.ts'
import type { State } from '../state.ts'
import { goneMailPage, mailListPage, mailPage, mailRoot } from './mail-pages.ts'

/** « Courrier »: what was sent, to read. */
export function mailRoutes(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get(mailRoot, () => showPage(mailListPage(state.mailbox), { scripts: true }))
  app.get(`${mailRoot}/:id`, (c) => {
    const mail = state.mailbox.mails.find(({ id }) => String(id) === c.req.param('id'))
    return mail ? showPage(mailPage(mail), { scripts: true }) : showPage(goneMailPage(), { status: 404, scripts: true })
  })
  return app
}
