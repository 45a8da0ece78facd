import { html } from 'hono/html'
import type { Markup } from '../pages/page.ts'
import type { User } from '../teamleader/integration.ts'

export type Place = { path: string; user: User; changeAccount: string }
type Frame = { area: 'Focus' | 'Marketplace'; title: string; content: Markup }

const menus = {
  Focus: [
    ['/marketplace/focus', 'Tableau de bord'],
    ['/marketplace/parametres', 'Paramètres'],
  ],
  Marketplace: [
    ['/marketplace', 'Intégrations'],
    ['/marketplace/construisez', 'Construisez'],
    ['/marketplace/focus', 'Retour à Focus'],
  ],
}

/** The frame of Focus and of its Marketplace: a bar with the main menu and who is signed in. */
export const frame = ({ path, user, changeAccount }: Place, { area, title, content }: Frame): Markup =>
  sheet(
    title,
    html`<header>
        <p class="brand"><span aria-hidden="true">tl</span> Teamleader ${area}</p>
        <nav aria-label="Menu principal">
          ${menus[area].map(
            ([way, name]) => html`<a href="${way}"${way === path ? html` aria-current="page"` : ''}>${name}</a>`,
          )}
        </nav>
        <p class="who">${user.firstName} ${user.lastName}, ${user.account.name} <a href="${changeAccount}">Changer de compte</a></p>
      </header>
      <main><h1>${title}</h1>${content}</main>`,
  )

/** A wide page without bar; its small print says that it is pretended. */
export const sheet = (title: string, content: Markup): Markup => html`<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · Bac à sable</title>
    <link rel="stylesheet" href="/portal.css">
    <script src="/portal.js" defer></script>
  </head>
  <body>
    ${content}
    <footer>Bac à sable · page d’essai locale, sans lien avec les vrais Teamleader Focus et téo</footer>
  </body>
</html>`
