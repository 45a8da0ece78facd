import type { MatrixAccounts, Role } from './test-users.ts'

/** What each role is answered: a status, and where a redirect leads. */
export type Answers = Record<Role, string>

export interface Page {
  path: (accounts: MatrixAccounts) => string
  answers: Answers
  /** Whoever holds the address may read what it is for. */
  bearer?: true
  /** The journal of tenant A tells that it was asked for. */
  journaled?: true
}

const signIn = '307 /connexion'

/** 200 for these, sign-in for whoever is not (or no longer) signed in, 404 for the others. */
export const only = (...seeing: Role[]): Answers => ({
  nobody: signIn,
  admin: seeing.includes('admin') ? '200' : '404',
  reader: seeing.includes('reader') ? '200' : '404',
  stranger: seeing.includes('stranger') ? '200' : '404',
  support: seeing.includes('support') ? '200' : '404',
  deactivated: signIn,
})

/** Before sign-in: whoever is signed in is sent away. */
const entrance: Answers = {
  nobody: '200',
  admin: '307 /',
  reader: '307 /',
  stranger: '307 /',
  support: '307 /',
  deactivated: '200',
}

export const everybody = (answer = '200'): Answers => ({
  nobody: answer,
  admin: answer,
  reader: answer,
  stranger: answer,
  support: answer,
  deactivated: answer,
})

/** Asked for by whoever gave their password, and by nobody else. */
const noFactorAwaited: Answers = { ...entrance, nobody: signIn, deactivated: signIn }

const at = (path: string) => () => path

/** A record of tenant A. */
export const oneRecord = only('admin', 'reader')

/** Every page, and who sees it; a stranger sees what is their own tenant's, never anything of tenant A's. */
export const pages: Record<string, Page> = {
  'app/administratif/cle-de-securite/page.tsx': {
    path: at('/administratif/cle-de-securite'),
    answers: only('admin', 'reader', 'stranger'),
  },
  'app/administratif/entreprises/page.tsx': {
    path: at('/administratif/entreprises'),
    answers: only('admin', 'reader', 'stranger'),
  },
  'app/administratif/entreprises/[id]/page.tsx': {
    path: ({ ids }) => `/administratif/entreprises/${ids.records.companies}`,
    answers: oneRecord,
  },
  'app/administratif/contacts/page.tsx': {
    path: at('/administratif/contacts'),
    answers: only('admin', 'reader', 'stranger'),
  },
  'app/administratif/contacts/[id]/page.tsx': {
    path: ({ ids }) => `/administratif/contacts/${ids.records.contacts}`,
    answers: oneRecord,
  },
  'app/administratif/entites/page.tsx': {
    path: at('/administratif/entites'),
    answers: only('admin', 'reader', 'stranger'),
  },
  'app/administratif/entites/[id]/page.tsx': {
    path: ({ ids }) => `/administratif/entites/${ids.records.departments}`,
    answers: oneRecord,
  },
  'app/administratif/dossiers/page.tsx': {
    path: at('/administratif/dossiers'),
    answers: only('admin', 'reader', 'stranger'),
  },
  'app/administratif/dossiers/[id]/page.tsx': {
    path: ({ ids }) => `/administratif/dossiers/${ids.records.dossiers}`,
    answers: oneRecord,
  },
  'app/administratif/guide/page.tsx': { path: at('/administratif/guide'), answers: only('admin', 'stranger') },
  'app/administratif/journal/page.tsx': {
    path: at('/administratif/journal'),
    answers: only('admin', 'reader', 'stranger'),
  },
  'app/administratif/synchronisation/page.tsx': {
    path: at('/administratif/synchronisation'),
    answers: only('admin', 'reader', 'stranger'),
  },
  'app/administratif/cles-api/page.tsx': { path: at('/administratif/cles-api'), answers: only('admin', 'stranger') },
  'app/administratif/utilisateurs/page.tsx': {
    path: at('/administratif/utilisateurs'),
    answers: only('admin', 'stranger'),
  },
  'app/connexion/page.tsx': { path: at('/connexion'), answers: entrance },
  'app/connexion/entreprise/page.tsx': { path: at('/connexion/entreprise'), answers: entrance },
  'app/invitation/[token]/page.tsx': {
    path: ({ ids }) => `/invitation/${ids.invitation}`,
    answers: everybody(),
    bearer: true,
  },
  'app/adresse/[token]/page.tsx': { path: at('/adresse/a-guess'), answers: everybody() },
  'app/connexion/second-facteur/page.tsx': { path: at('/connexion/second-facteur'), answers: noFactorAwaited },
  'app/mon-compte/confirmation/page.tsx': {
    path: at('/mon-compte/confirmation'),
    answers: only('admin', 'reader', 'stranger', 'support'),
  },
  'app/mon-compte/second-facteur/page.tsx': {
    path: at('/mon-compte/second-facteur'),
    answers: only('admin', 'reader', 'stranger', 'support'),
  },
  'app/mon-compte/page.tsx': { path: at('/mon-compte'), answers: only('admin', 'reader', 'stranger', 'support') },
  'app/mot-de-passe/page.tsx': { path: at('/mot-de-passe'), answers: everybody() },
  'app/mot-de-passe/[token]/page.tsx': {
    path: ({ ids }) => `/mot-de-passe/${ids.passwordLink}`,
    answers: everybody(),
    bearer: true,
  },
  'app/oauth/depart/page.tsx': { path: at('/oauth/depart'), answers: only('admin', 'stranger') },
  'app/premier-demarrage/[token]/page.tsx': { path: at('/premier-demarrage/a-guess'), answers: everybody() },
  'app/vie-privee/page.tsx': { path: at('/vie-privee'), answers: everybody() },
  'app/support/journal/page.tsx': { path: at('/support/journal'), answers: only('support') },
  'app/support/pannes/page.tsx': { path: at('/support/pannes'), answers: only('support') },
  'app/support/nouveau/page.tsx': { path: at('/support/nouveau'), answers: only('support') },
  'app/support/cles-api/page.tsx': { path: at('/support/cles-api'), answers: only('support') },
  'app/support/utilisateurs/page.tsx': { path: at('/support/utilisateurs'), answers: only('support') },
  'app/support/demander/page.tsx': { path: at('/support/demander?for=reconnect'), answers: only('support') },
  'app/support/page.tsx': { path: at('/support'), answers: only('support') },
  'app/support/[tenantId]/page.tsx': { path: ({ ids }) => `/support/${ids.tenantId}`, answers: only('support') },
}
