import { createHash, randomUUID } from 'node:crypto'
import type { NewInvitation } from '#lib/domain/accounts/invitation.ts'
import type { StoredSession } from '#lib/domain/accounts/session.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import { type JournalEntry, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalEvent } from '#lib/domain/journal/journal-event.ts'
import type { NewUser } from '#lib/ports/accounts.ts'
import type { NewPending, NewTokenSet } from '#lib/ports/authorization.ts'
import type { Store } from '#lib/ports/deps.ts'

/** Rows that a test of the store needs before it can begin, made through the store itself. */

export const noon = new Date('2026-11-22T12:00:00.123Z')

export const plus = (ms: number, from = noon) => new Date(from.getTime() + ms)

export const hash = (text: string) => createHash('sha256').update(text).digest('hex')

export const entryOf = (event: JournalEvent, where: Partial<JournalEntry> = {}): JournalEntry =>
  journalEntry({ at: noon, tenantId: null, actor: { kind: 'system' }, event, ...where })

export const written = (event: JournalEvent, now = noon) => ({ now, entry: entryOf(event, { at: now }) })

/** A tenant with an admin, an untouched connection, and one client whose secret is set. */
export interface TenantFixture {
  tenantId: TenantId
  userId: string
  connectionId: string
  clientId: string
  identifier: string
  status: ConnectionStatus
}

type In<S extends ConnectionStatus['state']> = Extract<ConnectionStatus, { state: S }>

const times = { since: noon, lastSuccessAt: null, nextAttemptAt: null, attempts: 0 }

export const awaiting: In<'awaiting_authorization'> = { ...times, state: 'awaiting_authorization', reason: null }

export const connected: In<'connected'> = { ...times, state: 'connected', reason: null, lastSuccessAt: noon }

export const newUser = (tenantId: TenantId | null, more: Partial<NewUser> = {}): NewUser => {
  const id = randomUUID()
  return {
    id,
    tenantId,
    role: tenantId === null ? 'support' : 'admin',
    email: `${id}@atelier.example`,
    name: 'Marie Delvaux',
    locale: 'fr',
    passwordHash: null,
    ...more,
  }
}

export const invitationOf = (tenantId: TenantId | null, more: Partial<NewInvitation> = {}): NewInvitation => {
  const { passwordHash: _, ...whom } = newUser(tenantId)
  return { ...whom, invitedBy: null, tokenHash: hash(whom.id), createdAt: noon, expiresAt: plus(60_000), ...more }
}

export const sessionOf = (userId: string, more: Partial<StoredSession> = {}): StoredSession => ({
  id: randomUUID(),
  userId,
  expiresAt: plus(60_000),
  method: 'password',
  ip: null,
  device: null,
  ...more,
})

/** The user of a session, while it is live. */
export const userOfSession = async (store: Store, id: string, now = noon) =>
  (await store.sessions.find(id, { now, seenAfter: new Date(0) }))?.user ?? null

export const createTenant = async (store: Store, name = 'Atelier Delvaux SRL'): Promise<TenantFixture> => {
  const tenantId = randomUUID() as TenantId
  const [userId, clientId] = [randomUUID(), randomUUID()]
  const identifier = hash(clientId).slice(0, 32)
  await store.accounts.addTenant({ id: tenantId, name, ref: null }, entryOf('tenant.created', { tenantId }))
  const marie = { ...newUser(tenantId), id: userId }
  await store.accounts.addUser(marie, entryOf('user.created', { tenantId }))
  const ensured = await store.authorizations.ensure(tenantId, 'teamleader', randomUUID(), noon)
  const { id: connectionId, status } = ensured
  await store.authorizations.saveSettings({
    connectionId,
    tenantId,
    revision: 0,
    enabled: true,
    userId,
    provider: 'teamleader',
    target: null,
    supersededAt: null,
    resumes: true,
    client: { id: clientId, identifier, secret: { sealed: 'sealed-secret', version: 1, last4: '6cfa' } },
    statusChange: { from: status, to: awaiting },
    ...written('settings.saved'),
  })
  return { tenantId, userId, connectionId, clientId, identifier, status: awaiting }
}

export const pendingOf = (
  { tenantId, userId, connectionId, clientId }: TenantFixture,
  more: Partial<NewPending> = {},
) => {
  const id = randomUUID()
  return {
    id,
    tenantId,
    connectionId,
    clientId,
    userId,
    redirectUri: 'http://localhost:3000/oauth/callback',
    stateHash: hash(`state ${id}`),
    nonceHash: hash(`nonce ${id}`),
    expiresAt: plus(15 * 60_000),
    ...more,
  } satisfies NewPending
}

export const tokenSetOf = (
  { tenantId, userId, connectionId, clientId }: TenantFixture,
  more: Partial<NewTokenSet> = {},
) =>
  ({
    id: randomUUID(),
    tenantId,
    connectionId,
    clientId,
    sealedAccessToken: 'sealed-access',
    sealedRefreshToken: 'sealed-refresh',
    provider: 'teamleader',
    lifetimeMs: 3_600_000,
    refreshInMs: 3_400_000,
    ageMs: 0,
    knownState: true,
    authorizedBy: userId,
    ...more,
  }) satisfies NewTokenSet

/** A code exchanged: the token set waits as the connection's candidate. */
export const exchange = async (store: Store, fixture: TenantFixture, more: Partial<NewTokenSet> = {}) => {
  const pending = pendingOf(fixture)
  const tokenSet = tokenSetOf(fixture, more)
  await store.authorizations.openExchange(pending, noon)
  const stored = await store.authorizations.storeCandidate(
    pending.id,
    tokenSet,
    'Success',
    written('authorization.exchanged'),
  )
  if (!stored) throw new Error('the candidate was not stored')
  return tokenSet
}

/** How many of several answers were won. */
export const countWon = (answers: boolean[]) => answers.filter(Boolean).length

/** The same step taken by `n` callers at once. */
export const race = <T>(n: number, step: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, index) => step(index)))
