import { randomUUID } from 'node:crypto'
import type { Database } from '#lib/adapters/store/engine/database.ts'
import type { Queries, Statement } from '#lib/adapters/store/engine/queries.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConnectionState } from '#lib/domain/connections/connection-status.ts'
import { type ProviderId, providerIds } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { searchWordsOf, sortNameOf } from '#lib/domain/support/search-words.ts'
import { inventFirm } from './invented-names.ts'

interface Fate {
  state: ConnectionState
  reason: FailureCode | null
  enabled: boolean
}

const well: Fate = { state: 'connected', reason: null, enabled: true }

/** Of a thousand connections, how many stand like this; the others are well. */
const fates: [perThousand: number, fate: Fate][] = [
  [3, { state: 'reconnect_required', reason: 'revoked', enabled: true }],
  [1, { state: 'reconnect_required', reason: 'lost_response', enabled: true }],
  [2, { state: 'misconfigured', reason: 'invalid_client', enabled: true }],
  [4, { state: 'degraded', reason: 'provider_unavailable', enabled: true }],
  [10, { state: 'awaiting_authorization', reason: null, enabled: true }],
  [25, { state: 'connected', reason: null, enabled: false }],
  [40, { state: 'unconfigured', reason: null, enabled: true }],
]

const fateOf = (n: number): Fate => {
  // a step that is prime to 1000 mixes neighbours, and leaves the shares as they are
  let left = (n * 377) % 1000
  for (const [perThousand, fate] of fates) {
    if (left < perThousand) return fate
    left -= perThousand
  }
  return well
}

/** Every tenant has the first provider, every seventh each of the others too. */
const providersOf = (n: number): ProviderId[] => providerIds.filter((_, index) => index === 0 || (n + index) % 7 === 0)

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** SQLite binds at most 32,766 values to one statement. */
const atOnce = 500

const rowsOf = (n: number, now: Date) => {
  const { name, ref, admin } = inventFirm(n)
  const [tenantId, userId, sortName] = [randomUUID() as TenantId, randomUUID(), sortNameOf(name)]
  const ago = (ms: number) => new Date(now.getTime() - ms)
  const createdAt = ago(400 * dayMs + n * minuteMs)
  const connected = providersOf(n).map((provider, index) => {
    const { state, reason, enabled } = fateOf(n + index * 13)
    const [connectionId, clientId, tokenSetId] = [randomUUID(), randomUUID(), randomUUID()]
    const [asked, hasTokens] = [
      state !== 'unconfigured',
      state !== 'unconfigured' && state !== 'awaiting_authorization',
    ]
    const since = state === 'connected' ? ago(dayMs + (n % 9973) * minuteMs) : ago((1 + (n % 1440)) * minuteMs)
    const superseded = index > 0 && (provider as string).endsWith('-v1') && n % 5 > 0
    const lastSuccessAt = hasTokens ? (state === 'connected' ? ago((n % 55) * minuteMs) : since) : null
    return {
      connection: {
        ...{
          id: connectionId,
          tenantId,
          provider,
          state,
          reason,
          enabled,
          since,
          lastSuccessAt,
          sortName,
          revision: 1,
        },
        ...{ clientId: asked ? clientId : null, tokenSetId: hasTokens ? tokenSetId : null, attempts: reason ? 2 : 0 },
        ...{
          pausedAt: enabled ? null : since,
          connectedAt: hasTokens ? createdAt : null,
          connectedBy: hasTokens ? userId : null,
        },
        nextAttemptAt: state === 'degraded' ? new Date(now.getTime() + minuteMs) : null,
        supersededAt: superseded ? since : null,
      },
      client: asked && {
        ...{ id: clientId, tenantId, provider, identifier: connectionId.replaceAll('-', ''), sealedSecret: 'seeded' },
        ...{ secretGeneration: 1, secretLast4: '0000', secretSetAt: createdAt },
      },
      tokenSet: hasTokens && {
        ...{ id: tokenSetId, tenantId, connectionId, clientId, provider, generation: 1, authorizedBy: userId },
        ...{ sealedAccessToken: 'seeded', sealedRefreshToken: 'seeded', lifetimeMs: 24 * dayMs, createdAt },
        ...{ accessRefused: false, knownState: true, identityDueAt: createdAt, identity: 'read' as const },
        ...{ accountId: tokenSetId, accountName: admin.name, accountEmail: admin.email },
        // nothing opens these: the background work is to leave them alone for a year
        ...{ expiresAt: new Date(now.getTime() + 365 * dayMs), refreshDueAt: null },
      },
    }
  })
  return {
    connected,
    tenant: { id: tenantId, name, ref, sortName, createdAt },
    user: { ...admin, id: userId, tenantId, role: 'admin' as const, locale: 'fr' as const, createdAt },
    messages: searchWordsOf([name, ref, admin.email]).map((word) => ({ tenantId, word })),
    entry: {
      ...{ id: randomUUID(), at: createdAt, tenantId, actor: 'operator' as const, event: 'tenant.created' as const },
      ...{ outcome: 'ok' as const, detail: {} },
    },
  }
}

const present = <T>(items: (T | false)[]): T[] => items.filter((item): item is T => item !== false)

/** Tenants numbered from `from` to `to`, straight into the tables: by way of the use cases they would take hours. */
export const seedTenants = async (db: Database, from: number, to: number, now: Date) => {
  const { tenants, users, searchWords, connections, clients, tokenSets, journal } = db.tables
  for (let first = from; first < to; first += atOnce) {
    const part = Array.from({ length: Math.min(atOnce, to - first) }, (_, index) => rowsOf(first + index, now))
    const connected = part.flatMap((row) => row.connected)
    const messages = part.flatMap((row) => row.messages)
    const insert = (q: Queries): Statement[] => [
      q.insert(users).values(part.map(({ user }) => user)),
      q.insert(searchWords).values(messages),
      q.insert(clients).values(present(connected.map(({ client }) => client))),
      q.insert(connections).values(connected.map(({ connection }) => connection)),
      q.insert(tokenSets).values(present(connected.map(({ tokenSet }) => tokenSet))),
      q.insert(journal).values(part.map(({ entry }) => entry)),
    ]
    await db.atomically({
      guard: (q) =>
        q
          .insert(tenants)
          .values(part.map(({ tenant }) => tenant))
          .returning({ id: tenants.id }),
      then: insert,
    })
  }
}
