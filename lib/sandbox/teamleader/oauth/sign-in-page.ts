import { html } from 'hono/html'
import { type Markup, page } from '#lib/sandbox/pages/page.ts'
import type { User } from '../integration.ts'

type SignIn = { way: string; failed: boolean; users: User[] }

const failure = html`<p role="alert">Adresse e-mail ou mot de passe incorrect.</p>`

/** `way` is the path that the user came from, and goes back to. */
export const signInPage = ({ way, failed, users }: SignIn): Markup =>
  page(
    'Se connecter à Teamleader Focus',
    html`<div class="pair" aria-hidden="true"><span class="focus">tl</span></div>
      <h1>Se connecter à Teamleader Focus</h1>
      ${failed ? failure : ''}
      <form method="post" action="/login" class="fields">
        <input type="hidden" name="continue" value="${way}">
        <label for="email">Adresse e-mail</label>
        <input id="email" name="email" type="email" autocomplete="username" required autofocus>
        <label for="password">Mot de passe</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required>
        <button class="primary">Se connecter</button>
      </form>
      <details>
        <summary>Comptes du bac à sable</summary>
        <ul>
          ${users.map(
            (user) => html`<li>${user.firstName} ${user.lastName}, ${user.account.name}<br>
              <code>${user.email}</code><br><code>${user.password}</code></li>`,
          )}
        </ul>
      </details>`,
  )
