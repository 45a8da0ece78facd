import { randomBytes } from 'node:crypto'
import { type ActionSpec, looks, noEmail, noFactor, notRestored, ofAdmin, ofEverybody } from './action-spec.ts'
import { invent } from './fixtures.ts'
import { supportActions } from './support-actions.ts'

const hex32 = () => randomBytes(16).toString('hex')

const account = { name: 'Luc Peeters', password: 'cinq mots à la suite', passwordAgain: 'cinq mots à la suite' }

/** Every function that a file of server actions exports. The proofs run in this order. */
export const actions: Record<string, ActionSpec> = {
  'lib/server/actions/key.ts#confirmCandidate': {
    ...ofAdmin,
    fields: async ({ connection }) => ({ candidateId: (await connection()).candidateId, answer: 'keep' }),
  },
  'lib/server/actions/connection.ts#testTlGroup': { ...ofAdmin, fields: () => ({}) },
  'lib/server/actions/connection.ts#testV1': { ...ofAdmin, fields: () => ({}) },
  'lib/server/actions/connection.ts#testTeo': { ...ofAdmin, fields: () => ({}) },
  'lib/server/actions/key.ts#submitTlGroup': {
    ...ofAdmin,
    fields: async ({ connection }) => ({
      revision: (await connection()).revision,
      enabled: 'on',
      clientId: hex32(),
      clientSecret: hex32(),
    }),
  },
  'lib/server/actions/sync.ts#controlCopy': {
    ...ofAdmin,
    fields: () => ({ provider: 'teo', operation: 'stop' }),
  },
  'lib/server/actions/sync.ts#answerDeletion': {
    ...ofAdmin,
    fields: () => ({ list: 'companies', answer: 'keep' }),
    proof: { none: 'nothing is held of tenant A' },
  },
  'lib/server/actions/sync.ts#autoRefresh': { may: [], fields: () => ({}), button: true, proof: looks },
  'lib/server/actions/sync.ts#eraseRecord': {
    ...ofAdmin,
    fields: ({ ids }) => ({ list: 'contacts', id: ids.recordId }),
  },
  'lib/server/actions/sync.ts#liftErasure': {
    ...ofAdmin,
    fields: ({ ids }) => ({ list: 'contacts', recordId: ids.recordId }),
  },
  'lib/server/actions/connection.ts#switchConnection': {
    ...ofAdmin,
    fields: () => ({ provider: 'teamleader' }),
  },
  'lib/server/actions/connection.ts#disconnectTlGroup': { ...ofAdmin, fields: () => ({}) },
  'lib/server/actions/connection.ts#disconnectTeo': { ...ofAdmin, fields: () => ({}) },
  // nothing of tenant A comes from a backup: then it does nothing
  'lib/server/actions/connection.ts#resumeRestoredTlGroup': { ...ofAdmin, fields: () => ({}), proof: notRestored },
  'lib/server/actions/connection.ts#resumeRestoredTeo': { ...ofAdmin, fields: () => ({}), proof: notRestored },
  'lib/server/actions/teo.ts#submitTeo': {
    ...ofAdmin,
    fields: async ({ connection }) => ({
      revision: (await connection('teo')).revision,
      enabled: 'on',
      clientId: hex32(),
      clientSecret: hex32(),
      target: hex32(),
    }),
  },
  'lib/server/actions/key.ts#autoRefresh': { may: [], fields: () => ({}), button: true, proof: looks },
  'lib/server/actions/guide.ts#continueGuide': {
    ...ofAdmin,
    fields: () => ({ step: 'sign_in' }),
  },
  'lib/server/actions/guide.ts#autoRefresh': { may: [], fields: () => ({}), button: true, proof: looks },
  ...supportActions,
  'lib/server/actions/account.ts#acceptInvitation': {
    may: [],
    fields: () => ({ ...account, token: 'a-guess' }),
    proof: { as: 'nobody', fields: ({ ids }) => ({ ...account, token: ids.invitation }) },
  },
  'lib/server/actions/account.ts#requestPasswordReset': {
    may: [],
    fields: ({ a }) => ({ email: a.email }),
    proof: { none: 'this house sends no mail' },
  },
  'lib/server/actions/account.ts#resetPassword': {
    may: [],
    fields: () => ({ ...account, token: 'a-guess' }),
    proof: { as: 'nobody', fields: ({ ids }) => ({ ...account, token: ids.passwordLink }) },
  },
  'lib/server/actions/my-account.ts#saveProfile': {
    ...ofEverybody,
    fields: ({ a }) => ({ name: 'Another name', email: a.email, locale: 'fr', timeZone: 'Europe/Brussels' }),
  },
  'lib/server/actions/my-account.ts#withdrawEmail': { ...ofEverybody, fields: () => ({}), proof: noEmail },
  'lib/server/actions/my-account.ts#changePassword': {
    ...ofEverybody,
    fields: ({ a }) => ({ currentPassword: a.password, ...account }),
    proof: { none: 'it would end the sessions of the others that the matrix tries' },
  },
  'lib/server/actions/my-account.ts#closeSession': {
    ...ofEverybody,
    fields: () => ({ session: 'a-guess' }),
    proof: { none: 'nobody is told the id of a session but its user' },
  },
  'lib/server/actions/my-account.ts#closeOtherSessions': {
    ...ofEverybody,
    fields: () => ({}),
    proof: { none: 'the admin has one session here' },
  },
  'lib/server/actions/my-account.ts#confirmByCompany': {
    ...ofEverybody,
    fields: () => ({}),
    proof: { none: 'this house has no provider to confirm by' },
  },
  'lib/server/actions/my-account.ts#confirmEmail': {
    may: [],
    fields: () => ({ token: 'a-guess' }),
    proof: noEmail,
  },
  'lib/server/actions/second-factor.ts#askPasskey': { ...ofEverybody, fields: () => ({}), proof: noFactor },
  'lib/server/actions/second-factor.ts#enterFactor': {
    ...ofEverybody,
    fields: () => ({ by: 'totp', code: '000000' }),
    proof: noFactor,
  },
  'lib/server/actions/second-factor.ts#askNewPasskey': { ...ofEverybody, fields: () => ({}), proof: noFactor },
  'lib/server/actions/second-factor.ts#addPasskey': { ...ofEverybody, fields: () => ({ name: 'a' }), proof: noFactor },
  'lib/server/actions/second-factor.ts#addTotp': {
    ...ofEverybody,
    fields: () => ({ sealed: 'a-guess', code: '000000' }),
    proof: noFactor,
  },
  'lib/server/actions/second-factor.ts#removeFactor': {
    ...ofEverybody,
    fields: () => ({ which: 'totp' }),
    proof: noFactor,
  },
  'lib/server/actions/second-factor.ts#renewCodes': { ...ofEverybody, fields: () => ({}), proof: { as: 'admin' } },
  'lib/server/actions/users.ts#inviteUser': {
    ...ofAdmin,
    fields: () => ({ email: invent('guest'), name: 'Luc Peeters', role: 'reader' }),
  },
  'lib/server/actions/users.ts#manageUser': {
    ...ofAdmin,
    fields: ({ ids }) => ({ userId: ids.userId, operation: 'to_admin', seenRole: 'reader', seenState: 'active' }),
  },
  'lib/server/actions/api-keys.ts#createKey': {
    ...ofAdmin,
    fields: () => ({ name: 'Compta', term: '90', 'teamleader:token': 'on' }),
  },
  'lib/server/actions/api-keys.ts#revokeKey': { ...ofAdmin, fields: ({ ids }) => ({ prefix: ids.keyPrefix }) },
  'lib/server/actions/api-keys.ts#createPlatformKey': {
    may: ['support'],
    fields: () => ({ name: 'Pro+', term: '90', 'teamleader:token': 'on' }),
    proof: { none: 'a key of the platform is of no tenant' },
  },
  // by the prefix of a key of tenant A, which it does not reach
  'lib/server/actions/api-keys.ts#revokePlatformKey': {
    may: [],
    fields: ({ ids }) => ({ prefix: ids.keyPrefix }),
    proof: { none: 'a key of a tenant is not found by it' },
  },
  // of support's own people, and of no tenant
  'lib/server/actions/staff.ts#inviteColleague': {
    may: ['support'],
    fields: () => ({ email: invent('colleague'), name: 'Luc Peeters' }),
    proof: { none: 'it invites somebody of support, who is of no tenant' },
  },
  'lib/server/actions/staff.ts#manageColleague': {
    may: [],
    fields: ({ ids }) => ({ userId: ids.userId, operation: 'deactivate', seenState: 'active' }),
    proof: { none: 'nobody of a tenant is found by it' },
  },
  'lib/server/actions/account.ts#createFirstSupport': {
    may: [],
    fields: () => ({ ...account, email: 'somebody@pro-plus.example', token: 'a-guess' }),
    proof: { none: 'a house of support staff has no such link any more' },
  },
  'lib/server/actions/sign-in.ts#signIn': {
    may: [],
    fields: () => ({ email: 'somebody@pro-plus.example', password: 'a guess' }),
    proof: { as: 'nobody', fields: ({ users }) => ({ ...users.reader }) },
  },
  'lib/server/actions/sign-in.ts#chooseTheme': {
    may: [],
    fields: () => ({ theme: 'dark' }),
    button: true,
    proof: { none: 'it leaves a cookie, and nothing of a tenant' },
  },
  'lib/server/actions/sign-in.ts#chooseLocale': {
    may: ['admin', 'reader'],
    fields: () => ({ locale: 'nl' }),
    button: true,
    proof: { as: 'admin' },
  },
}
