import { eq } from 'drizzle-orm'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { RefreshDecision } from '#lib/domain/tokens/refresh-policy.ts'
import type { Store } from '#lib/ports/deps.ts'
import type { FreshTokens, Lease } from '#lib/ports/tokens.ts'
import { connected, createTenant, entryOf, pendingOf, type TenantFixture, tokenSetOf, written } from './fixtures.ts'

/** A connected tenant's rows, and the ways a test of the store looks at them and ages them. */

export const promoteTo = (
  store: Store,
  fixture: TenantFixture,
  candidateId: string,
  to: ConnectionStatus,
  inUseId: string | null,
) =>
  store.authorizations.promote(
    { ...fixture, candidateId, inUseId, to, by: fixture.userId, resumes: true },
    written('connection.promoted', new Date()),
  )

/** A tenant whose token set is in use, fresh and not due. */
export const createConnectedTenant = async (store: Store, to: ConnectionStatus = connected) => {
  const fixture = await createTenant(store)
  const pending = pendingOf(fixture)
  const tokenSet = tokenSetOf(fixture)
  const now = new Date()
  await store.authorizations.openExchange(pending, now)
  await store.authorizations.storeCandidate(pending.id, tokenSet, 'Success', written('authorization.exchanged', now))
  await promoteTo(store, fixture, tokenSet.id, to, null)
  return { fixture, id: tokenSet.id }
}

export const read = async (store: Store, id: string) => {
  const tokenSet = await store.tokens.readSet(id, new Date())
  if (!tokenSet) throw new Error('the token set is gone')
  return tokenSet
}

/** The lease, taken. */
export const takeLeaseOf = async (store: Store, id: string, owner = 'owner'): Promise<Lease> => {
  if (!(await store.tokens.takeLease(id, owner, 60_000, new Date()))) throw new Error('the lease is taken')
  return { tokenSet: await read(store, id), owner }
}

export const setRow = async ({ q, tables: { tokenSets } }: Database, id: string) => {
  const [row] = await q.select().from(tokenSets).where(eq(tokenSets.id, id))
  if (!row) throw new Error('the row is gone')
  return row
}

type Instants = 'leaseUntil' | 'refreshDueAt' | 'expiresAt' | 'usedAt' | 'reportRefreshedAt' | 'reportTestedAt'

/** Puts instants of a token set so many milliseconds from now, in the clock of its database. */
export const setTimes = ({ q, tables, time }: Database, id: string, instants: Partial<Record<Instants, number>>) => {
  const { tokenSets } = tables
  const now = new Date()
  const at = (name: Instants) => {
    const ms = instants[name]
    return ms === undefined ? undefined : time.plus(ms, now)
  }
  const values = {
    leaseUntil: at('leaseUntil'),
    refreshDueAt: at('refreshDueAt'),
    expiresAt: at('expiresAt'),
    usedAt: at('usedAt'),
    reportRefreshedAt: at('reportRefreshedAt'),
    reportTestedAt: at('reportTestedAt'),
  }
  return q.update(tokenSets).set(values).where(eq(tokenSets.id, id))
}

export const fresh = (n = 2, more: Partial<FreshTokens> = {}): FreshTokens => ({
  sealedAccessToken: `sealed-access-${n}`,
  sealedRefreshToken: `sealed-refresh-${n}`,
  lifetimeMs: 3_600_000,
  refreshInMs: 3_400_000,
  ageMs: 0,
  ...more,
})

export const storeFresh = (store: Store, lease: Lease, tokens = fresh()) => {
  const now = new Date()
  return store.tokens.storeFresh(lease, tokens, {
    status: { ...connected, lastSuccessAt: now },
    authStatus: 'Success',
    call: 'ok',
    entries: [entryOf('token.refreshed', { at: now, tenantId: lease.tokenSet.tenantId })],
    recovered: entryOf('token.recovered', { at: now, tenantId: lease.tokenSet.tenantId }),
    now,
  })
}

export const decision = (to: Partial<ConnectionStatus>, more: Partial<RefreshDecision> = {}): RefreshDecision => ({
  status: { ...connected, state: 'degraded', reason: 'provider_unavailable', attempts: 1, ...to } as ConnectionStatus,
  authStatus: null,
  call: 'passing',
  intent: 'keep',
  dueInMs: 30_000,
  ...more,
})

export const dead = decision(
  { state: 'reconnect_required', reason: 'revoked' },
  { call: 'grant_dead', intent: 'close', dueInMs: null },
)

export const storeFailure = (store: Store, lease: Lease, decided: RefreshDecision) => {
  const now = new Date()
  const since = { ...decided.status, since: now }
  return store.tokens.storeFailure(
    lease,
    { ...decided, status: since },
    { entries: [entryOf('token.failed', { at: now, tenantId: lease.tokenSet.tenantId })], now },
  )
}

export const eventsOf = async ({ q, tables }: Database) =>
  (await q.select().from(tables.journal)).map(({ event }) => event)
