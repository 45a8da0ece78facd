import { html } from 'hono/html'
import { sheet } from '../portal/frame.ts'
import type { State } from '../state.ts'
import { teoInstances } from '../teo/seeds.ts'
import type { Markup } from './page.ts'

type Table = { id: string; title: string; head: string[]; rows: string[][] }

const table = ({ id, title, head, rows }: Table): Markup => html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <div class="wide" tabindex="0" role="group" aria-labelledby="${id}">
      <table>
        <thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(
            ([first, ...values]) => html`<tr>
              <th scope="row">${first}</th>
              ${values.map((value) => html`<td><code>${value}</code></td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`

/** What this origin is, and everything that opens something here: all of it is pretended, so all of it is shown. */
export const homePage = (state: State): Markup =>
  sheet(
    'Bac à sable',
    html`<main>
      <h1>Bac à sable</h1>
      <p>
        Un Teamleader Focus et un téo pour essayer, sur cette machine et en mémoire : mêmes pages, mêmes réponses, mêmes refus que les
        vrais. Et « Courrier », où arrivent les e-mails de Porte-clés. Rien ne sort d’ici, tout s’oublie à l’arrêt.
      </p>
      <p class="actions">
        <a class="button" href="/marketplace/focus">Se connecter à Teamleader Focus</a>
        <a class="button plain" href="/courrier">Lire le courrier</a>
      </p>
      <p><a href="/donnees">Voir les données et les changer</a></p>
      <p>Le guide commence là : <em>Paramètres › Intégrations › Changer vos préférences › Construisez</em>.</p>
      ${tables(state).map(table)}
    </main>`,
  )

const tables = ({ users, integrations, listings, v1Keys, teo }: State): Table[] => [
  {
    id: 'sign-ins',
    title: 'Teamleader : comptes',
    head: ['Qui', 'Adresse e-mail', 'Mot de passe'],
    rows: users.map(({ firstName, lastName, account, email, password, permissions }) => [
      `${firstName} ${lastName}, ${account.name}${permissions.includes('admin') ? '' : ' (sans droits d’administrateur)'}`,
      email,
      password,
    ]),
  },
  {
    id: 'integrations',
    title: 'Teamleader V2 : intégrations',
    head: ['Nom', 'ID Client', 'Secret client'],
    rows: [...integrations.values()]
      .filter(({ clientId }) => listings.has(clientId))
      .map(({ name, clientId, clientSecret }) => [name, clientId, clientSecret]),
  },
  {
    id: 'v1',
    title: 'Teamleader V1 : clés',
    head: ['Compte', 'API Group', 'API Secret'],
    rows: [...v1Keys.values()].map(({ account, group, secret }) => [account.name, group, secret]),
  },
  {
    id: 'teo',
    title: 'téo : identifiants',
    head: ['Instance', 'Client ID', 'Client Secret', 'TEO ID'],
    rows: [...teo.clients.values()].flatMap(({ clientId, clientSecret, teoIds }) =>
      teoIds.map((teoId) => [nameOf(teoId), clientId, clientSecret, teoId]),
    ),
  },
]

const nameOf = (teoId: string): string => teoInstances.find((instance) => instance.teoId === teoId)?.name ?? '—'
