import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { changeRecords } from '../control/record-changes.ts'
import { sheet } from '../portal/frame.ts'
import type { State } from '../state.ts'
import type { ListName } from '../teamleader/generator/record-kind.ts'
import { bookOf } from '../teamleader/records/account-book.ts'
import { type Markup, showPage } from './page.ts'

const path = '/donnees'
const lists: [ListName, string][] = [
  ['companies', 'Entreprises'],
  ['contacts', 'Contacts'],
]
const buttons = [
  ['edit', 'Modifier 1 %'],
  ['delete', 'Supprimer 1 %'],
  ['add', 'En importer 500'],
] as const

/** `/donnees`: how many records each account has, and buttons that change them as people and imports would. */
export function recordsPage(state: State): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get(path, () => showPage(overview(state), { formAction: "'self'", scripts: true }))
  app.post(path, async (c) => {
    const form = await c.req.formData()
    const [account, list, change] = ['account', 'list', 'change'].map((name) => String(form.get(name)))
    const known = lists.find(([name]) => name === list)?.[0]
    if (account === undefined || !known || !state.books.has(account)) return c.redirect(path, 303)
    const percent = Math.ceil(bookOf(state, account).tables[known].size() / 100)
    if (change === 'edit') changeRecords(state, { account, list, edit: percent })
    if (change === 'delete') changeRecords(state, { account, list, delete: percent })
    if (change === 'add') changeRecords(state, { account, list, add: 500 })
    return c.redirect(path, 303)
  })
  return app
}

const number = new Intl.NumberFormat('fr')

const overview = (state: State): Markup => {
  const accounts = new Map(state.users.map(({ account }) => [account.id, account.name]))
  return sheet(
    'Données',
    html`<main>
      <h1>Données de Teamleader</h1>
      <p>
        Ce que chaque compte contient, et de quoi le changer pendant qu’une synchronisation lit. Un import écrit tout dans la même seconde.
      </p>
      ${[...accounts].map(([account, name]) =>
        lists.map(([list, title]) => {
          const id = `${list}-${account}`
          const count = number.format(bookOf(state, account).tables[list].size())
          return html`<section aria-labelledby="${id}">
            <h2 id="${id}">${name} : ${count} ${title.toLowerCase()}</h2>
            <form method="post" class="actions" action="${path}">
              <input type="hidden" name="account" value="${account}">
              <input type="hidden" name="list" value="${list}">
              ${buttons.map(
                ([change, label]) =>
                  html`<button class="button plain" name="change" value="${change}" aria-describedby="${id}">${label}</button>`,
              )}
            </form>
          </section>`
        }),
      )}
      <p><a href="/">Retour au bac à sable</a></p>
    </main>`,
  )
}
