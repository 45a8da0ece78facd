import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { errorPage, type Markup, showPage } from '../pages/page.ts'
import type { SandboxContext } from '../respond.ts'
import type { State } from '../state.ts'
import type { User } from '../teamleader/integration.ts'
import { redeemTicket, signedInUser, signInUrlOf } from '../teamleader/oauth/session.ts'
import { countScript } from './count-script.ts'
import { draftOf, emptyDraft, type Faults, faultsIn, faultsInBasics, merge, readDraft } from './draft.ts'
import type { Place } from './frame.ts'
import { integrationPage, newPage, ownPage, portalRoot } from './integration-pages.ts'
import { createOwned, findOwned, listAccounts, listOwned, saveOwned } from './listing.ts'
import { corridor } from './redirect-page.ts'
import { style } from './style.ts'

type Work = (place: Place, c: SandboxContext) => Response | Promise<Response>

const show = (markup: Markup, status = 200): Promise<Response> =>
  showPage(markup, { status, formAction: "'self'", scripts: true })

const notYours = {
  status: 404,
  title: 'Page introuvable',
  message: 'Cette intégration n’existe pas, ou elle n’est pas à vous.',
}
const notAdministrator = {
  status: 403,
  title: 'Réservé aux administrateurs',
  message: 'Les intégrations se gèrent avec un compte administrateur de Teamleader.',
}

/** The developer's part of the Marketplace and the way there, as the guide describes it. Plain forms; no script is needed. */
export function portal(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get('/portal.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/portal.js', (c) => c.body(countScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  const within = (path: string, method: 'GET' | 'POST', work: Work): void =>
    void app.on(method, path, (c) => enter(state, c, work))
  for (const [path, page] of Object.entries(corridor)) within(path, 'GET', (place) => show(page(place)))
  within(portalRoot, 'GET', (place) => show(ownPage(place, listOwned(state, place.user))))
  within(`${portalRoot}/nouvelle`, 'GET', (place) => show(newPage(place, emptyDraft, {})))
  within(`${portalRoot}/nouvelle`, 'POST', async (place, c) => {
    const draft = readDraft(await c.req.formData())
    const faults = faultsInBasics(draft)
    if (isFaulty(faults)) return show(newPage(place, draft, faults), 422)
    return c.redirect(`${portalRoot}/${createOwned(state, place.user, draft.name, draft.categories)}`, 303)
  })
  within(`${portalRoot}/:clientId`, 'GET', (place, c) => {
    const owned = findOwned(state, place.user, c.req.param('clientId') ?? '')
    if (!owned) return show(errorPage(notYours), 404)
    const saved = c.req.query('enregistre') !== undefined
    const accounts = listAccounts(state, owned.integration.clientId)
    return show(integrationPage(place, { owned, draft: draftOf(owned), faults: {}, saved, accounts }))
  })
  within(`${portalRoot}/:clientId`, 'POST', (place, c) => change(state, place, c))
  return app
}

/** « SOUMETTRE » saves as well, and locks. */
async function change(state: State, place: Place, c: SandboxContext): Promise<Response> {
  const owned = findOwned(state, place.user, c.req.param('clientId') ?? '')
  if (!owned) return show(errorPage(notYours), 404)
  const here = `${portalRoot}/${owned.integration.clientId}`
  if (owned.listing.submitted) return c.redirect(here, 303)
  const form = await c.req.formData()
  const draft = readDraft(form)
  const faults = faultsIn(draft)
  const accounts = listAccounts(state, owned.integration.clientId)
  if (isFaulty(faults)) return show(integrationPage(place, { owned, draft, faults, saved: false, accounts }), 422)
  const { integration, listing } = merge(owned, draft)
  const submitted = form.get('operation') === 'submit'
  saveOwned(state, { integration, listing: { ...listing, submitted } })
  return c.redirect(submitted ? here : `${here}?enregistre`, 303)
}

const isFaulty = (faults: Faults): boolean => Object.keys(faults).length > 0

async function enter(state: State, c: SandboxContext, work: Work): Promise<Response> {
  const delivery = redeemTicket(state, c)
  if (delivery) return delivery
  const { pathname: path, search } = new URL(c.req.url)
  const changeAccount = signInUrlOf(state, c.req.method === 'GET' ? `${path}${search}` : path)
  const user: User | undefined = signedInUser(state, c)
  if (!user) return c.redirect(changeAccount, 303)
  if (!user.permissions.includes('admin')) return show(errorPage(notAdministrator), 403)
  return work({ path, user, changeAccount }, c)
}
