/** A section of « Vie privée ». */
export const topics = ['account', 'sign_in', 'connection', 'copy', 'erased', 'mails', 'journal'] as const
export type Topic = (typeof topics)[number]

/** What a column says of a person. */
export type Item =
  | 'name'
  | 'email'
  | 'new_email'
  | 'language'
  | 'time_zone'
  | 'company_identity'
  | 'role'
  | 'password'
  | 'sign_ins'
  | 'ip'
  | 'device'
  | 'second_factor'
  | 'who_decided'
  | 'account'
  | 'record'
  | 'mail'
  | 'attempts'
  | 'actions'
  | 'note'
  | 'erased_id'

/** How long, named by what ends it: the account, the connection, the setting of the journal. */
export const untils = [
  'account',
  'connection',
  'copy',
  'erasure',
  'deliveries',
  'journal',
  'sessions',
  'throttle',
  'links',
  'invitations',
  'authorizations',
] as const
export type Until = (typeof untils)[number]

export interface InventoryTable {
  /** Null where nothing in it tells of a person. */
  topic: Topic | null
  until: Until | null
  /** Columns that say something of a person, and what. */
  personal: Readonly<Record<string, Item>>
  /** Never handed out: what opens something, or tells whether a guess is right. */
  secret: readonly string[]
  other: readonly string[]
}

const names = (text: string) => text.split(' ')

const records: InventoryTable = {
  topic: 'copy',
  until: 'copy',
  personal: { providerId: 'record', name: 'record', sortName: 'record', body: 'record' },
  secret: [],
  other: names('n tenantId status digest change changedAt addedAt updatedAt deletedAt missingAt keptAt sortAt facet'),
}

const recordWords: InventoryTable = {
  topic: 'copy',
  until: 'copy',
  personal: { word: 'record' },
  secret: [],
  other: names('tenant record'),
}

const impersonal = (columns: string, secret: string[] = []): InventoryTable => ({
  topic: null,
  until: null,
  personal: {},
  secret,
  other: names(columns),
})

/**
 * Every table and column, and what of a person is in it: « Vie privée » and the exports are made of this. A test holds it
 * against the tables: a new column does not pass before somebody has said what it is.
 */
export const dataInventory: Readonly<Record<string, InventoryTable>> = {
  users: {
    topic: 'account',
    until: 'account',
    personal: {
      ...{ name: 'name', email: 'email', locale: 'language', timeZone: 'time_zone', role: 'role' },
      ...{ oidcIssuer: 'company_identity', oidcSubject: 'company_identity', passwordHash: 'password' },
    },
    secret: ['passwordHash'],
    other: names('id tenantId passwordChangedAt disabledAt createdAt'),
  },
  invitations: {
    topic: 'account',
    until: 'invitations',
    personal: {
      ...{ addressee: 'email', email: 'email', name: 'name', locale: 'language', role: 'role' },
      ...{ invitedBy: 'who_decided' },
    },
    secret: ['tokenHash'],
    other: names('id tenantId createdAt expiresAt acceptedAt revokedAt'),
  },
  oneTimeLinks: {
    topic: 'account',
    until: 'links',
    personal: { userId: 'email', email: 'new_email' },
    secret: ['tokenHash'],
    other: names('id kind expiresAt usedAt createdAt'),
  },
  sessions: {
    topic: 'sign_in',
    until: 'sessions',
    personal: { userId: 'sign_ins', createdAt: 'sign_ins', lastSeenAt: 'sign_ins', ip: 'ip', device: 'device' },
    secret: ['id', 'challenge'],
    other: names('expiresAt method factorAt confirmedAt'),
  },
  totpSecrets: {
    topic: 'sign_in',
    until: 'account',
    personal: { userId: 'second_factor' },
    secret: ['sealedSecret', 'lastStep'],
    other: names('createdAt usedAt'),
  },
  passkeys: {
    topic: 'sign_in',
    until: 'account',
    personal: { userId: 'second_factor', name: 'second_factor' },
    secret: ['id', 'publicKey', 'counter'],
    other: names('transports createdAt usedAt'),
  },
  recoveryCodes: {
    topic: 'sign_in',
    until: 'account',
    personal: { userId: 'second_factor' },
    secret: ['codeHash'],
    other: names('id createdAt usedAt'),
  },
  throttleLog: {
    topic: 'sign_in',
    until: 'throttle',
    personal: { bucket: 'attempts' },
    secret: [],
    other: names('id at'),
  },
  connections: {
    topic: 'connection',
    until: 'connection',
    personal: { pausedBy: 'who_decided', connectedBy: 'who_decided' },
    secret: [],
    other: names(
      'id tenantId provider revision enabled pausedAt archivedAt restoredAt clientId state reason since lastSuccessAt nextAttemptAt attempts authStatus authStatusAt authorizationFailure authorizationFailureAt tokenSetId candidateId connectedAt disconnectedAt lastTest target supersededAt urgency sortName',
    ),
  },
  tokenSets: {
    topic: 'connection',
    until: 'connection',
    personal: { authorizedBy: 'who_decided', accountId: 'account', accountName: 'account', accountEmail: 'account' },
    secret: ['sealedAccessToken', 'sealedRefreshToken', 'intentFingerprint'],
    other: names(
      'id tenantId connectionId clientId provider generation target expiresAt lifetimeMs createdAt refreshDueAt leaseOwner leaseUntil intentAt intentOwner usedAt accessRefused reportedGeneration reportRefreshedAt reportTestedAt knownState identity identityDueAt',
    ),
  },
  incidents: {
    ...{ topic: 'connection', until: 'connection', secret: [] },
    personal: { note: 'note', notedBy: 'who_decided' },
    other: names('id tenantId connectionId openFor reason openedAt closedAt alertedAt recoveryToldAt notedAt'),
  },
  pendingAuthorizations: {
    topic: 'connection',
    until: 'authorizations',
    personal: { userId: 'who_decided' },
    secret: ['stateHash', 'nonceHash', 'sealedCode', 'sealedVerifier'],
    other: names('id tenantId connectionId clientId redirectUri step createdAt steppedAt expiresAt failure'),
  },
  companies: records,
  contacts: records,
  departments: records,
  dossiers: records,
  companyWords: recordWords,
  contactWords: recordWords,
  departmentWords: recordWords,
  dossierWords: recordWords,
  webhookHints: {
    topic: 'copy',
    until: 'copy',
    personal: { providerId: 'record' },
    secret: [],
    other: names('id tenantId kind told dueAt'),
  },
  syncStates: {
    topic: 'copy',
    until: 'copy',
    personal: { requestedBy: 'who_decided', stoppedBy: 'who_decided' },
    secret: [],
    other: names(
      'id tenantId connectionId provider list accountId epoch epochChange forgottenChange dueAt leaseOwner leaseUntil step change checkpoint phase tally startedAt completeAt provenAt failure attempts heldAt stoppedAt',
    ),
  },
  syncRuns: {
    topic: 'copy',
    until: 'copy',
    personal: { requestedBy: 'who_decided' },
    secret: [],
    other: names('id tenantId list kind startedAt finishedAt outcome tally'),
  },
  erasedIds: {
    topic: 'erased',
    until: 'erasure',
    personal: { idHash: 'erased_id', erasedBy: 'who_decided' },
    secret: ['idHash'],
    other: names('id tenantId kind erasedAt metAt'),
  },
  deliveries: {
    topic: 'mails',
    until: 'deliveries',
    personal: { userId: 'mail', payload: 'mail' },
    secret: [],
    other: names('id channel kind onceKey tenantId createdAt dueAt leaseUntil attempts deliveredAt lastAnswer'),
  },
  journal: {
    topic: 'journal',
    until: 'journal',
    personal: { userId: 'actions', detail: 'actions', address: 'ip' },
    secret: [],
    other: names('id at tenantId connectionId actor event outcome'),
  },
  tenants: impersonal('id name ref sortName createdAt archivedAt'),
  // an admin's address is a word that the customer is found by
  searchWords: { topic: 'account', until: 'account', personal: { word: 'email' }, secret: [], other: ['tenantId'] },
  clients: impersonal('id tenantId provider identifier shared secretGeneration secretLast4 secretSetAt', [
    'sealedSecret',
  ]),
  guideSteps: impersonal('tenantId step doneAt choice'),
  apiKeys: impersonal('id prefix tenantId name scopes createdAt expiresAt usedAt revokedAt', ['secretHash']),
  providerWebhooks: impersonal('connectionId tenantId provider state dueAt lastHintAt', ['secretHash']),
  erasureKeys: impersonal('tenantId createdAt', ['sealedKey']),
  tokenCalls: impersonal('id provider tokenSetId at outcome'),
  outages: impersonal('provider kind since nextProbeAt refusedProbes believedAt'),
  outageHistory: impersonal('id provider kind since endedAt outcome connections'),
  highWaterMarks: impersonal('name at'),
  rateBudgets: impersonal('id version spent updatedAt'),
  vaultKeys: impersonal('id createdAt', ['sealedProbe']),
}

/** What of a table may be handed out. */
export const exportedColumns = ({ personal, secret, other }: InventoryTable): string[] =>
  [...other, ...Object.keys(personal)].filter((column) => !secret.includes(column))
