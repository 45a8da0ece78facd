import type { Account, Integration, User } from './integration.ts'

/** The integration that the guide makes; not the guide's own example id, which nobody may use. */
export const testoProSync = {
  name: 'Testo Pro+ Sync',
  clientId: 'e1e3cc80e4d2829cc496c4c62b537bff',
  clientSecret: 'c6f660104a0f3a98af80df44af9a6cfa',
  scopes: ['companies', 'contacts', 'departments', 'users'],
}

/** A second integration, of another owner, made by the old guide: without the scope `users`. */
export const atelierConnect = {
  name: 'Atelier Connect',
  clientId: 'd7e6578abcb8cbeb474609e51db1d631',
  clientSecret: 'fb3731ba58b6eeada3a509e150154de4',
  scopes: ['companies', 'contacts', 'departments'],
}

/** Pro+'s own, which the tenants of many accounts are connected through: what `TEAMLEADER_CLIENTS` may name. */
export const proPlus = {
  name: 'Pro+',
  clientId: '5b0d4e6f1c2a4837b9e80f6d2a71c354',
  clientSecret: '9f27c1d80b6e45a3a8d4172f0c5e6b93',
  scopes: ['companies', 'contacts', 'departments', 'users'],
}

export const vandenbroeckSync = {
  name: 'Vandenbroeck Sync',
  clientId: 'a4170c5d93be286f0e8d15b7c69f342e',
  clientSecret: '5be0937d1cf4862aa97e3d60b82c415f',
  scopes: ['companies', 'contacts', 'departments', 'users'],
}

export const lambertSync = {
  name: 'Lambert Sync',
  clientId: '3c92fd8a06e7451bb5d204c87ea916f3',
  clientSecret: '9d63be0a71f8254cc08a5e2d4f97b136',
  scopes: ['companies', 'contacts', 'departments', 'users'],
}

/** All, allowed to redirect to the app at `publicUrl`: its callback, and the root as the old guide had it. */
export function seededIntegrations(publicUrl: string): Integration[] {
  const redirectUris = [`${publicUrl}/oauth/callback`, `${publicUrl}/`]
  return [testoProSync, atelierConnect, vandenbroeckSync, lambertSync, proPlus].map((seed) => ({
    ...seed,
    redirectUris,
  }))
}

const atelier: Account = {
  id: '7f3c2a10-5d41-103b-8e26-1fcdd5140767',
  number: 48213,
  name: 'Atelier Delvaux',
  companies: 47,
  contacts: 63,
}

/** Its 40 companies and 20 contacts are exact multiples of a page: the end of its lists costs one more call. */
const vandenbroeck: Account = {
  id: '0b94d6e2-88f0-0c5a-a3d7-5e20cc91f3b8',
  number: 51907,
  name: 'Vandenbroeck & Fils',
  companies: 40,
  contacts: 20,
}

/** Of whoever sells Pro+: the owner of its integration. */
const proPlusAccount: Account = {
  id: '2e6a90f4-31c7-0b8d-9a52-74e1d0cb3f68',
  number: 40011,
  name: 'Pro+',
  companies: 3,
  contacts: 2,
}

const claes: Account = {
  id: '5e81c7d3-2a90-0b4f-b1e6-93d70fa2c845',
  number: 50364,
  name: 'Schrijnwerkerij Claes',
  companies: 18,
  contacts: 26,
}

const lambert: Account = {
  id: 'e2a7419c-60bd-0f35-9c48-1d85b3f07e26',
  number: 49120,
  name: 'Imprimerie Lambert',
  companies: 31,
  contacts: 44,
}

const employeePermissions = 'calendar companies contacts dashboard deals events tasks timetracking'.split(' ')

const adminPermissions = [
  ...employeePermissions,
  ...'admin billing credit_notes custom_fields departments documents expenses invoices orders products'.split(' '),
  ...'projects quotations settings statistics subscriptions tickets users webhooks'.split(' '),
]

export const marie: User = {
  id: '3d1b7f52-64aa-0e1f-9c21-aa0173de5c48',
  number: 902114,
  account: atelier,
  firstName: 'Marie',
  lastName: 'Delvaux',
  email: 'marie.delvaux@atelier-delvaux.example',
  password: 'sable-marie-2026',
  language: 'fr-BE',
  function: 'Gérante',
  permissions: adminPermissions,
  hiddenProperties: [],
}

export const jeanBaptiste: User = {
  id: 'c80e4b97-15d2-103b-a6f4-90ce2b7d1e35',
  number: 917650,
  account: vandenbroeck,
  firstName: 'Jean-Baptiste',
  lastName: 'Vandenbroeck',
  email: 'jean-baptiste.vandenbroeck@vandenbroeck-fils.example',
  password: 'sable-jean-baptiste-2026',
  language: 'nl-BE',
  function: null,
  permissions: adminPermissions,
  hiddenProperties: [],
}

/** Colleague of Marie without administrator rights: no departments, and some properties stay hidden. */
export const luc: User = {
  id: '91fa03cc-7be8-0d44-8b10-2ed6f5a9c017',
  number: 902377,
  account: atelier,
  firstName: 'Luc',
  lastName: 'Peeters',
  email: 'luc.peeters@atelier-delvaux.example',
  password: 'sable-luc-2026',
  language: 'fr-BE',
  function: 'Commercial',
  permissions: employeePermissions,
  hiddenProperties: ['iban', 'bic', 'national_identification_number', 'payment_term'],
}

/** Looks after the integration of Pro+ in the portal. */
export const sofie: User = {
  id: '6c2f18ad-9e40-0d37-b5c8-13f7a6e02b49',
  number: 900451,
  account: proPlusAccount,
  firstName: 'Sofie',
  lastName: 'Claes',
  email: 'sofie.claes@pro-plus.example',
  password: 'sable-sofie-2026',
  language: 'nl-BE',
  function: 'Integrations',
  permissions: adminPermissions,
  hiddenProperties: [],
}

/** Her company still uses V1. */
export const annelies: User = {
  id: '6d20b8fa-94c1-0e73-a5d8-2f17c06e9b34',
  number: 911208,
  account: claes,
  firstName: 'Annelies',
  lastName: 'Claes',
  email: 'annelies.claes@schrijnwerkerij-claes.example',
  password: 'sable-annelies-2026',
  language: 'nl-BE',
  function: 'Zaakvoerder',
  permissions: adminPermissions,
  hiddenProperties: [],
}

export const thomas: User = {
  id: 'b7f4510e-3c68-0d92-86ea-51d9e27c0f83',
  number: 905531,
  account: lambert,
  firstName: 'Thomas',
  lastName: 'Lambert',
  email: 'thomas.lambert@imprimerie-lambert.example',
  password: 'sable-thomas-2026',
  language: 'fr-BE',
  function: 'Directeur',
  permissions: adminPermissions,
  hiddenProperties: [],
}

export const users: User[] = [marie, jeanBaptiste, luc, annelies, thomas, sofie]
