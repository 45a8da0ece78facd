import { html } from 'hono/html'
import type { Markup } from '../pages/page.ts'
import { categories, type Draft, type Faults, nameLimit, remaining, scopes } from './draft.ts'

const on = (flag: boolean, attribute: string): string => (flag ? attribute : '')

/** `aria-describedby` wants every id that is there. */
const described = (id: string, fault: string | undefined): Markup =>
  html`aria-describedby="${fault === undefined ? '' : `${id}-fault `}${id}-hint" ${on(fault !== undefined, 'aria-invalid=true')}`

export const faultLine = (id: string, fault: string | undefined): Markup | '' =>
  fault === undefined ? '' : html`<p class="fault" id="${id}-fault">${fault}</p>`

type Text = { id: keyof Draft; label: string; value: string; fault: string | undefined; hint: Markup | string }

/** One line with a limit, counted: at once by a script where there is one, else when the page is drawn. */
export const limitedField = ({ id, label, value, fault, hint }: Text, limit: number, plural: string): Markup =>
  html`<div class="field">
    <label for="${id}">${label}</label>
    <input id="${id}" name="${id}" value="${value}" maxlength="${limit}" autocomplete="off" ${described(id, fault)}>
    ${faultLine(id, fault)}
    <p class="hint" id="${id}-hint">${hint}
      <span data-counts="${id}" data-limit="${limit}">${remaining(value, limit)}</span> caractères ${plural}.</p>
  </div>`

/** `attributes` tie it to a form that it does not stand in, say. */
export const areaField = ({ id, label, value, fault, hint }: Text, attributes = ''): Markup =>
  html`<div class="field">
    <label for="${id}">${label}</label>
    <textarea id="${id}" name="${id}" rows="4" spellcheck="false" ${attributes} ${described(id, fault)}>${value}</textarea>
    ${faultLine(id, fault)}
    <p class="hint" id="${id}-hint">${hint}</p>
  </div>`

type Choice = { id: 'categories' | 'scopes'; legend: string; hint: string; chosen: string[]; fault: string | undefined }

const choice = ({ id, legend, hint, chosen, fault }: Choice, values: Record<string, string>): Markup =>
  html`<fieldset class="choice" id="${id}" tabindex="-1" aria-describedby="${fault === undefined ? '' : `${id}-fault `}${id}-hint">
    <legend>${legend}</legend>
    <p class="hint" id="${id}-hint">${hint}</p>
    ${faultLine(id, fault)}
    <div class="boxes">
      ${Object.entries(values).map(
        ([value, name]) => html`<label>
          <input type="checkbox" name="${id}" value="${value}" ${on(chosen.includes(value), 'checked')}> ${name}
        </label>`,
      )}
    </div>
  </fieldset>`

/** « Commençons par les bases »: on the page that creates and on the page that changes. */
export const basics = (draft: Draft, faults: Faults): Markup => html`<section aria-labelledby="basics">
    <h2 id="basics">Information générale</h2>
    <p>Commençons par les bases</p>
    ${limitedField(
      {
        id: 'name',
        label: 'Nom de l’intégration',
        value: draft.name,
        fault: faults.name,
        hint: 'Ce sera le nom affiché dans votre Marketplace. Soyez clair et concis.',
      },
      nameLimit,
      'restant(s)',
    )}
    ${choice(
      {
        id: 'categories',
        legend: 'Catégories',
        hint: 'Veuillez sélectionner de 1 à 2 catégories qui décrivent au mieux votre intégration.',
        chosen: draft.categories,
        fault: faults.categories,
      },
      Object.fromEntries(categories.map((name) => [name, name])),
    )}
  </section>`

export const scopeBoxes = (draft: Draft, faults: Faults): Markup =>
  choice(
    {
      id: 'scopes',
      legend: 'Etendues OAuth',
      hint: 'Spécifier à quel type de données votre intégration doit-elle accéder. Au moins 2.',
      chosen: draft.scopes,
      fault: faults.scopes,
    },
    scopes,
  )

export const adminOnlyBox = ({ adminOnly }: Draft): Markup => html`<div class="field">
    <label class="box">
      <input type="checkbox" name="adminOnly" aria-describedby="admin-hint" ${on(adminOnly, 'checked')}> Uniquement administrateur
    </label>
    <p class="hint" id="admin-hint">
      Si sélectionné, seuls les utilisateurs de Teamleader Focus avec des droits administrateurs seront à même d’installer et de
      manager cette intégration.
    </p>
  </div>`

export const faultList = (faults: Faults): Markup | '' => {
  const found = Object.entries(faults)
  if (found.length === 0) return ''
  return html`<div role="alert" class="faults">
    <p>Rien n’a été enregistré :</p>
    <ul>
      ${found.map(([field, fault]) => html`<li><a href="#${field}">${fault}</a></li>`)}
    </ul>
  </div>`
}
