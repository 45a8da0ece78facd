import { html } from 'hono/html'
import type { Markup } from '../pages/page.ts'
import { frame, type Place } from './frame.ts'

/** The pages that lead to the developer's part, in the order of the guide. */
type Page = (place: Place) => Markup

const focus: Page = (place) =>
  frame(place, {
    area: 'Focus',
    title: 'Tableau de bord',
    content: html`<p>Bonjour ${place.user.firstName}. Ce Focus n’a que ses paramètres : le reste n’est pas du jeu.</p>`,
  })

const settings: Page = (place) =>
  frame(place, {
    area: 'Focus',
    title: 'Paramètres',
    content: html`<ul class="tiles">
      <li><a href="/marketplace/parametres/integrations">Intégrations</a> Les applications reliées à votre compte.</li>
    </ul>`,
  })

const integrationSettings: Page = (place) =>
  frame(place, {
    area: 'Focus',
    title: 'Intégrations',
    content: html`<p>Choisissez dans le Marketplace ce qui est relié à ${place.user.account.name}.</p>
      <p><a class="button" href="/marketplace">Changer vos préférences</a></p>`,
  })

const shelf = [
  ['Livre Clair', 'Comptabilité', 'Vos factures dans votre comptabilité, chaque nuit.'],
  ['Ligne Directe', 'Communication', 'La fiche du contact s’ouvre quand il appelle.'],
  ['Planning Ouvert', 'Gestion de projet', 'Les projets de Focus sur votre calendrier.'],
]

const all: Page = (place) =>
  frame(place, {
    area: 'Marketplace',
    title: 'Toutes les intégrations',
    content: html`<ul class="tiles">
      ${shelf.map(([name, category, message]) => html`<li><strong>${name}</strong> <small>${category}</small> ${message}</li>`)}
    </ul>`,
  })

const build: Page = (place) =>
  frame(place, {
    area: 'Marketplace',
    title: 'Construisez',
    content: html`<p>Reliez votre propre logiciel à Teamleader Focus.</p>
      <p><a class="button" href="/marketplace/integrations">DÉVELOPPEZ VOS INTÉGRATIONS</a></p>`,
  })

export const corridor: Record<string, Page> = {
  '/marketplace/focus': focus,
  '/marketplace/parametres': settings,
  '/marketplace/parametres/integrations': integrationSettings,
  '/marketplace': all,
  '/marketplace/construisez': build,
}
