import type { Owned } from './listing.ts'

export const nameLimit = 25
export const shortLimit = 50

export const categories = [
  'Automatisation',
  'Communication',
  'Comptabilité',
  'E-commerce',
  'Gestion de projet',
  'Marketing',
  'Ressources humaines',
  'Ventes',
]

/** Column by column, as the portal has them. */
export const scopes: Record<string, string> = {
  companies: 'Entreprises',
  contacts: 'Contacts',
  deals: 'Opportunités',
  departments: 'Entités',
  events: 'Évènements',
  invoices: 'Factures',
  products: 'Produits',
  projects: 'Projets',
  quotations: 'Devis',
  subscriptions: 'Abonnements',
  tickets: 'Tickets',
  todos: 'À faire',
  users: 'Utilisateurs',
}

/** The form of an integration as it stands on the page, right or wrong. */
export type Draft = {
  name: string
  categories: string[]
  redirectUris: string
  scopes: string[]
  adminOnly: boolean
  shortDescription: string
  longDescription: string
}

/** A sentence for each field that cannot stay as it is. */
export type Faults = Partial<Record<keyof Draft, string>>

export const emptyDraft: Draft = {
  name: '',
  categories: [],
  redirectUris: '',
  scopes: [],
  adminOnly: false,
  shortDescription: '',
  longDescription: '',
}

export const readDraft = (form: FormData): Draft => {
  const text = (name: string): string => String(form.get(name) ?? '').trim()
  return {
    name: text('name'),
    categories: form.getAll('categories').map(String),
    redirectUris: text('redirectUris'),
    scopes: form.getAll('scopes').map(String),
    adminOnly: form.has('adminOnly'),
    shortDescription: text('shortDescription'),
    longDescription: text('longDescription'),
  }
}

export const draftOf = ({ integration, listing }: Owned): Draft => ({
  name: integration.name,
  categories: listing.categories,
  redirectUris: integration.redirectUris.join('\n'),
  scopes: integration.scopes,
  adminOnly: integration.adminOnly ?? false,
  shortDescription: listing.shortDescription,
  longDescription: listing.longDescription,
})

export function merge({ integration, listing }: Owned, draft: Draft): Owned {
  const { name, adminOnly, categories, shortDescription, longDescription } = draft
  return {
    integration: { ...integration, name, adminOnly, scopes: draft.scopes, redirectUris: linesOf(draft.redirectUris) },
    listing: { ...listing, categories, shortDescription, longDescription },
  }
}

export const remaining = (text: string, limit: number): number => limit - text.length

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What both pages ask: a name and one or two categories. */
export function faultsInBasics({ name, categories: chosen }: Draft): Faults {
  const faults: Faults = {}
  if (name === '') faults.name = 'Donnez un nom à l’intégration.'
  if (remaining(name, nameLimit) < 0) faults.name = `Le nom compte ${name.length} caractères ; ${nameLimit} au plus.`
  const known = chosen.every((category) => categories.includes(category))
  if (!known || chosen.length < 1 || chosen.length > 2) faults.categories = 'Sélectionnez 1 ou 2 catégories.'
  return faults
}

/** All that « ENREGISTRER LES MODIFICATIONS » asks; redirect URIs may be left out. */
export function faultsIn(draft: Draft): Faults {
  const faults = faultsInBasics(draft)
  const odd = linesOf(draft.redirectUris).find((line) => !isRedirectUri(line))
  if (odd !== undefined) faults.redirectUris = `« ${odd} » n’est pas une URL complète (https://…), sans fragment.`
  if (draft.scopes.length < 2 || !draft.scopes.every((scope) => Object.hasOwn(scopes, scope)))
    faults.scopes = 'Sélectionnez au moins 2 étendues.'
  const { shortDescription, longDescription } = draft
  if (shortDescription === '') faults.shortDescription = 'Décrivez brièvement l’intégration, en anglais.'
  if (remaining(shortDescription, shortLimit) < 0)
    faults.shortDescription = `La courte description compte ${shortDescription.length} caractères ; ${shortLimit} au plus.`
  if (longDescription === '') faults.longDescription = 'Décrivez l’intégration en détail, en anglais.'
  return faults
}

function isRedirectUri(line: string): boolean {
  return /^https?:\/\/[^\s#]+$/.test(line) && URL.canParse(line)
}
