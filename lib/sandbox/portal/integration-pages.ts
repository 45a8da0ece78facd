import { html } from 'hono/html'
import type { Markup } from '../pages/page.ts'
import { type Draft, type Faults, shortLimit } from './draft.ts'
import { adminOnlyBox, areaField, basics, faultList, limitedField, scopeBoxes } from './fields.ts'
import { frame, type Place } from './frame.ts'
import type { Owned } from './listing.ts'

export const portalRoot = '/marketplace/integrations'

export const ownPage = (place: Place, owned: Owned[]): Markup =>
  frame(place, {
    area: 'Marketplace',
    title: 'Vos intégrations',
    content: html`${owned.length === 0 ? html`<p>Vous n’avez pas encore d’intégration.</p>` : ''}
      <ul class="tiles">
        ${owned.map(
          ({ integration: { name, clientId }, listing }) => html`<li>
            <a href="${portalRoot}/${clientId}">${name}</a>
            <small>${listing.submitted ? 'En cours de révision' : 'Privée'}</small> ${listing.shortDescription}
          </li>`,
        )}
      </ul>
      <p><a class="button" href="${portalRoot}/nouvelle">CRÉER UNE NOUVELLE INTÉGRATION</a></p>`,
  })

export const newPage = (place: Place, draft: Draft, faults: Faults): Markup =>
  frame(place, {
    area: 'Marketplace',
    title: 'Nouvelle intégration',
    content: html`${faultList(faults)}
      <form method="post" action="${portalRoot}/nouvelle">
        ${basics(draft, faults)}
        <button class="button">CRÉER UNE INTÉGRATION</button>
      </form>`,
  })

type Shown = { owned: Owned; draft: Draft; faults: Faults; saved: boolean; accounts: string[] }

export const integrationPage = (place: Place, { owned, draft, faults, saved, accounts }: Shown): Markup => {
  const { clientId } = owned.integration
  const { submitted } = owned.listing
  return frame(place, {
    area: 'Marketplace',
    title: owned.integration.name,
    content: html`${submitted ? underReview : faultList(faults)}
      <p>Comptes connectés : ${accounts.length === 0 ? 'aucun' : accounts.join(', ')}</p>
      ${credentials(owned, draft, faults)}
      <form id="integration" method="post" action="${portalRoot}/${clientId}">
        <fieldset class="all" ${submitted ? 'disabled' : ''}>
          ${access(draft, faults)} ${basics(draft, faults)} ${languages(draft, faults)}
          <div class="actions">
            <button class="button" name="operation" value="save">ENREGISTRER LES MODIFICATIONS</button>
            <button class="button plain" name="operation" value="submit">SOUMETTRE POUR PUBLICATION (APRÈS RÉVISION)</button>
          </div>
        </fieldset>
      </form>
      ${saved ? html`<p role="status" class="toast">Enregistré avec succès</p>` : ''}`,
  })
}

const underReview = html`<div role="status" class="review">
    <p><strong>Intégration soumise : elle est en cours de révision.</strong></p>
    <p>
      L’équipe du Marketplace l’examine avant de la publier. D’ici là, elle est verrouillée : elle ne peut plus être modifiée, et
      personne ne peut plus l’autoriser. Pour continuer sans attendre,
      <a href="${portalRoot}/nouvelle">créez une nouvelle intégration</a> et enregistrez-la sans la soumettre.
    </p>
  </div>`

/** Outside the form, lest Enter in a value to copy save the page; what can be changed here is the form's all the same. */
const credentials = (
  { integration, listing }: Owned,
  draft: Draft,
  faults: Faults,
): Markup => html`<section aria-labelledby="credentials">
    <h2 id="credentials">Identifiants OAuth2</h2>
    <p>
      L’ID client et le <em>secret</em> sont demandés pour authentifier les utilisateurs et communiquer avec l’API Teamleader Focus.
      Gardez votre clé secrète.
    </p>
    <div class="field">
      <label for="client-id">ID Client</label>
      <input class="key" id="client-id" value="${integration.clientId}" readonly>
    </div>
    <div class="field">
      <span class="label" aria-hidden="true">Secret client</span>
      <details>
        <summary>MONTRER<span class="visually-hidden"> le secret client</span></summary>
        <input class="key" aria-label="Secret client" value="${integration.clientSecret}" readonly>
      </details>
    </div>
    ${areaField(
      {
        id: 'redirectUris',
        label: 'Valid redirect URIs',
        value: draft.redirectUris,
        fault: faults.redirectUris,
        hint: html`<span lang="en">Integrations starting the authentication flow, must use a redirect URI that matches one of
          these URIs.</span> Une par ligne.`,
      },
      `form=integration ${listing.submitted ? 'disabled' : ''}`,
    )}
  </section>`

const access = (draft: Draft, faults: Faults): Markup => html`<section aria-label="Accès">
    ${scopeBoxes(draft, faults)} ${adminOnlyBox(draft)}
  </section>`

const languages = (draft: Draft, faults: Faults): Markup => html`<section aria-labelledby="languages">
    <h2 id="languages">Langues</h2>
    <p>Choisissez les langues dans lesquelles votre intégration sera disponible. Ici, l’anglais seul.</p>
    ${limitedField(
      {
        id: 'shortDescription',
        label: 'Courte description (en Anglais)',
        value: draft.shortDescription,
        fault: faults.shortDescription,
        hint: 'Décrivez brièvement votre intégration.',
      },
      shortLimit,
      'restant',
    )}
    ${areaField({
      id: 'longDescription',
      label: 'Description complète (en Anglais)',
      value: draft.longDescription,
      fault: faults.longDescription,
      hint: 'Décrivez en détail votre intégration.',
    })}
  </section>`
