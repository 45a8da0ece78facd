import { randomBytes } from 'node:crypto'
import type { Cast, Role } from './cast.ts'
import { invent } from './traces.ts'

type Fields = Record<string, string>

export type Filled = (cast: Cast) => Fields | Promise<Fields>

export interface Deed {
  /** Whose post may change something of tenant A's; everybody else's is tried, and must change nothing. */
  may: Role[]
  /** As somebody who may would fill it in, ids of tenant A's included. */
  fields: Filled
  /** Has no form state: `action(form)` instead of `action(previous, form)`. */
  button?: true
  /** Ends the session that it came with. */
  spends?: true
  /** Somebody whose post changes something, which shows that the posts tried before were no idle ones; else why not. */
  proof: { as: Role; fields?: Filled } | { none: string }
}

const key = 'app/administratif/cle-de-securite/actions.ts'

const entrance = 'app/connexion/actions.ts'

const hex32 = () => randomBytes(16).toString('hex')

const newcomer = { name: 'Luc Peeters', password: 'cinq mots à la suite', passwordAgain: 'cinq mots à la suite' }

const looks = { none: 'it draws the page anew, and changes nothing' }

const ofAdmin = { may: ['admin'], proof: { as: 'admin' } } satisfies Partial<Deed>

/** Every function that a file of server actions exports. The proofs run in this order. */
export const actions: Record<string, Deed> = {
  [`${key}#answerCandidate`]: {
    ...ofAdmin,
    fields: async ({ connection }) => ({ candidateId: (await connection()).candidateId, answer: 'keep' }),
  },
  [`${key}#testTlGroup`]: { ...ofAdmin, fields: () => ({}) },
  [`${key}#testV1`]: { ...ofAdmin, fields: () => ({}) },
  [`${key}#testTeo`]: { ...ofAdmin, fields: () => ({}) },
  [`${key}#submitTlGroup`]: {
    ...ofAdmin,
    fields: async ({ connection }) => ({
      revision: (await connection()).revision,
      enabled: 'on',
      clientId: hex32(),
      clientSecret: hex32(),
    }),
  },
  [`${key}#disconnectTlGroup`]: { ...ofAdmin, fields: () => ({}) },
  [`${key}#disconnectTeo`]: { ...ofAdmin, fields: () => ({}) },
  [`${key}#submitTeo`]: {
    ...ofAdmin,
    fields: async ({ connection }) => ({
      revision: (await connection('teo')).revision,
      enabled: 'on',
      clientId: hex32(),
      clientSecret: hex32(),
      target: hex32(),
    }),
  },
  [`${key}#lookAgain`]: { may: [], fields: () => ({}), button: true, proof: looks },
  'app/administratif/guide/actions.ts#continueGuide': {
    ...ofAdmin,
    fields: () => ({ step: 'sign_in' }),
  },
  'app/administratif/guide/actions.ts#lookAgain': { may: [], fields: () => ({}), button: true, proof: looks },
  'app/support/actions.ts#assist': {
    may: ['support'],
    fields: async ({ ids, connection }) => ({
      tenantId: ids.tenantId,
      provider: 'teamleader',
      deed: 'pause',
      revision: (await connection()).revision,
    }),
    proof: { as: 'support' },
  },
  'app/support/actions.ts#lookAgain': { may: [], fields: () => ({}), button: true, proof: looks },
  // by the id of a tenant that is there
  'app/support/add-tenant-actions.ts#addTenant': {
    may: [],
    fields: ({ ids }) => ({ id: ids.tenantId, name: 'Another name', ref: '' }),
    proof: { none: 'it adds tenants, and changes none' },
  },
  'app/support/[tenantId]/first-admin-actions.ts#inviteFirstAdmin': {
    may: [],
    fields: ({ ids }) => ({ tenantId: ids.tenantId, email: invent('first'), name: 'Luc Peeters', locale: 'fr' }),
    proof: { none: 'tenant A has had its first admin' },
  },
  'app/support/[tenantId]/deliveries-actions.ts#resendDelivery': {
    may: ['support'],
    fields: ({ ids }) => ({ tenantId: ids.tenantId, delivery: ids.delivery }),
    proof: { as: 'support' },
  },
  'app/invitation/[token]/actions.ts#acceptInvitation': {
    may: [],
    fields: () => ({ ...newcomer, token: 'a-guess' }),
    proof: { as: 'nobody', fields: ({ ids }) => ({ ...newcomer, token: ids.invitation }) },
  },
  'app/mot-de-passe/actions.ts#askForLink': {
    may: [],
    fields: ({ a }) => ({ email: a.email }),
    proof: { none: 'this house sends no mail' },
  },
  'app/mot-de-passe/[token]/actions.ts#changePassword': {
    may: [],
    fields: () => ({ ...newcomer, token: 'a-guess' }),
    proof: { as: 'nobody', fields: ({ ids }) => ({ ...newcomer, token: ids.passwordLink }) },
  },
  'app/administratif/utilisateurs/actions.ts#invite': {
    ...ofAdmin,
    fields: () => ({ email: invent('guest'), name: 'Luc Peeters', role: 'reader' }),
  },
  'app/administratif/utilisateurs/actions.ts#doToPerson': {
    ...ofAdmin,
    fields: ({ ids }) => ({ userId: ids.userId, deed: 'to_admin', seenRole: 'reader', seenState: 'active' }),
  },
  'app/premier-demarrage/[token]/actions.ts#createFirstSupport': {
    may: [],
    fields: () => ({ ...newcomer, email: 'somebody@pro-plus.example', token: 'a-guess' }),
    proof: { none: 'a house of support staff has no such link any more' },
  },
  [`${entrance}#signIn`]: {
    may: [],
    fields: () => ({ email: 'somebody@pro-plus.example', password: 'a guess' }),
    proof: { as: 'nobody', fields: ({ people }) => ({ ...people.reader }) },
  },
  [`${entrance}#chooseLocale`]: {
    may: ['admin', 'reader'],
    fields: () => ({ locale: 'nl' }),
    button: true,
    proof: { as: 'admin' },
  },
  [`${entrance}#signOut`]: {
    may: ['admin', 'reader'],
    fields: () => ({}),
    button: true,
    spends: true,
    proof: { as: 'admin' },
  },
}
