import { html } from 'hono/html'
import { type Markup, page } from '#lib/sandbox/pages/page.ts'
import type { Integration, User } from '../integration.ts'

type Consent = { client: Integration; user: User; action: string; changeAccount: string }

const moduleName = (scope: string): string => `${scope.slice(0, 1).toUpperCase()}${scope.slice(1)}`

/** The page of the guide's last screenshot: its mixture of French and English is the provider's. */
export const consentPage = ({ client, user, action, changeAccount }: Consent): Markup =>
  page(
    `Autoriser ${client.name}`,
    html`<div class="pair" aria-hidden="true"><span>${client.name.slice(0, 1)}</span><i></i><span class="focus">tl</span></div>
      <h1>Autoriser ${client.name}</h1>
      <p lang="en">${client.name} would like permission to access your Teamleader Focus modules</p>
      <p id="asked">Cette intégration demande accès à:</p>
      <ul aria-labelledby="asked" lang="en">
        ${client.scopes.map((scope) => html`<li>${moduleName(scope)}</li>`)}
      </ul>
      <form method="post" action="${action}">
        <button class="primary" name="decision" value="grant">DONNER ACCÈS</button>
        <button name="decision" value="refuse">REFUSER</button>
      </form>
      <p class="quiet">
        Connecté en tant que <strong>${user.firstName} ${user.lastName}</strong> (${user.account.name}).
        <a href="${changeAccount}">Changer de compte</a>
      </p>`,
  )
