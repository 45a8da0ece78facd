import { type ActionSpec, looks, notRestored } from './action-spec.ts'
import { invent } from './fixtures.ts'

/** What support does with a customer. The proofs run in this order. */
export const supportActions: Record<string, ActionSpec> = {
  'lib/server/actions/support.ts#assist': {
    may: ['support'],
    fields: async ({ ids, connection }) => ({
      tenantId: ids.tenantId,
      provider: 'teamleader',
      operation: 'pause',
      revision: (await connection()).revision,
    }),
    proof: { as: 'support' },
  },
  // by the id of a connection that nothing is wrong with
  'lib/server/actions/support.ts#askTenants': {
    may: ['support'],
    fields: () => ({ kind: 'reconnect', filter: '', ids: 'a-guess' }),
    proof: { none: 'this house sends no mail' },
  },
  'lib/server/actions/support.ts#noteIncident': {
    may: ['support'],
    fields: ({ ids }) => ({ tenantId: ids.tenantId, incidentId: 'a-guess', note: 'Rappelé, sans réponse.' }),
    proof: { none: 'tenant A has had no incident' },
  },
  'lib/server/actions/support.ts#releaseEmail': {
    may: ['support'],
    fields: ({ ids }) => ({ tenantId: ids.tenantId, userId: ids.deactivatedId }),
    proof: { as: 'support' },
  },
  'lib/server/actions/tenants.ts#renameTenant': {
    may: ['support'],
    fields: ({ canaries, ids }) => {
      const seenName = canaries['name of tenant A']
      return { tenantId: ids.tenantId, seenName, seenRef: '', name: seenName, ref: 'NX-31415' }
    },
    proof: { as: 'support' },
  },
  'lib/server/actions/tenants.ts#prepareExport': {
    may: ['support'],
    fields: ({ ids }) => ({ tenantId: ids.tenantId }),
    proof: { none: 'it asks who it is, and changes nothing of a tenant' },
  },
  'lib/server/actions/tenants.ts#archiveTenant': {
    may: ['support'],
    fields: ({ ids }) => ({ tenantId: ids.tenantId }),
    proof: { none: 'it would end the sessions of the others that the matrix tries' },
  },
  'lib/server/actions/tenants.ts#unarchiveTenant': {
    may: ['support'],
    fields: ({ ids }) => ({ tenantId: ids.tenantId }),
    proof: { none: 'tenant A is not archived' },
  },
  'lib/server/actions/tenants.ts#eraseTenant': {
    may: ['support'],
    fields: ({ canaries, ids }) => ({ tenantId: ids.tenantId, name: canaries['name of tenant A'] }),
    proof: { none: 'tenant A is not archived' },
  },
  'lib/server/actions/support.ts#resumeAllRestored': { may: ['support'], fields: () => ({}), proof: notRestored },
  'lib/server/actions/support.ts#autoRefresh': { may: [], fields: () => ({}), button: true, proof: looks },
  // by the id of a tenant that is there
  'lib/server/actions/tenants.ts#addTenant': {
    may: [],
    fields: ({ ids }) => ({ id: ids.tenantId, name: 'Another name', ref: '' }),
    proof: { none: 'it adds tenants, and changes none' },
  },
  'lib/server/actions/tenants.ts#inviteFirstAdmin': {
    may: [],
    fields: ({ ids }) => ({ tenantId: ids.tenantId, email: invent('first'), name: 'Luc Peeters', locale: 'fr' }),
    proof: { none: 'tenant A has had its first admin' },
  },
  'lib/server/actions/deliveries.ts#resendDelivery': {
    may: ['support'],
    fields: ({ ids }) => ({ tenantId: ids.tenantId, delivery: ids.delivery }),
    proof: { as: 'support' },
  },
}
