import { html } from 'hono/html'
import type { Markup } from '../pages/page.ts'
import { sheet } from '../portal/frame.ts'
import { type Mailbox, mostMails, type StoredMail } from './mailbox.ts'

export const mailRoot = '/courrier'

const clock = new Intl.DateTimeFormat('fr-BE', { dateStyle: 'long', timeStyle: 'medium', timeZone: 'Europe/Brussels' })

const when = (at: Date): Markup => html`<time datetime="${at.toISOString()}">${clock.format(at)}</time>`

const frame = (title: string, content: Markup): Markup =>
  sheet(
    title,
    html`<header>
        <p class="brand"><span aria-hidden="true">@</span> Courrier</p>
        <nav aria-label="Menu principal">
          <a href="${mailRoot}">Tous les messages</a>
          <a href="/">Bac à sable</a>
        </nav>
      </header>
      <main><h1>${title}</h1>${content}</main>`,
  )

const subjectOf = ({ subject }: StoredMail): string => subject || '(sans objet)'

export const mailListPage = ({ mails }: Mailbox): Markup =>
  frame(
    'Courrier',
    html`<p>
        Ce que Porte-clés envoie par e-mail arrive ici, et nulle part ailleurs. Les ${mostMails} derniers messages sont gardés jusqu’à
        l’arrêt.
      </p>
      <p><a class="button plain" href="${mailRoot}">Actualiser</a></p>
      ${mails.length === 0 ? noMail : html`<ol class="tiles">${[...mails].reverse().map(line)}</ol>`}`,
  )

const noMail = html`<section aria-labelledby="none">
    <h2 id="none">Aucun message pour l’instant</h2>
    <p>
      Dans Porte-clés, invitez quelqu’un dans « Utilisateurs », ou demandez un nouveau mot de passe par « Mot de passe oublié ? » : le
      message arrive ici en quelques secondes. Puis actualisez cette page.
    </p>
  </section>`

const line = (mail: StoredMail): Markup => html`<li>
    <a href="${mailRoot}/${mail.id}">${subjectOf(mail)}</a>
    <small>à ${mail.recipients.join(', ')}</small> <small>${when(mail.at)}</small>
  </li>`

/** A mail as text: of HTML, what is shown is its source. */
export const mailPage = (mail: StoredMail): Markup =>
  frame(
    subjectOf(mail),
    html`<section aria-label="Message">
      <dl class="envelope">
        <dt>De</dt><dd>${mail.headers.from ?? '(inconnu)'}</dd>
        <dt>À</dt><dd>${mail.recipients.join(', ')}</dd>
        <dt>Reçu</dt><dd>${when(mail.at)}</dd>
      </dl>
      <div class="letter">${withLinks(mail.text.trim())}</div>
    </section>`,
  )

/** A sentence's last mark is no part of the address before it. */
const address = /(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]»])/

const withLinks = (text: string) =>
  text
    .split(address)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}" rel="noreferrer">${part}</a>` : html`${part}`))

export const goneMailPage = (): Markup =>
  frame(
    'Message introuvable',
    html`<p>
        Ce message n’est plus là : le bac à sable a été redémarré depuis, ou ${mostMails} messages plus récents l’ont remplacé.
      </p>
      <p><a class="button" href="${mailRoot}">Tous les messages</a></p>`,
  )
