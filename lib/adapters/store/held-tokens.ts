import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/tenant.ts'
import type { HeldTokens, TokenStore } from '#lib/ports/token-store.ts'
import { standingOf } from './connection-rows.ts'
import type { Database } from './database.ts'

/** One indexed read of a token set, its connection and its client, with the times left in the lease's clock. */
const prepare = ({ tables, q, time }: Database, where: SQL | undefined) => {
  const { tokenSets, connections, clients } = tables
  const now = sql.placeholder('now')
  // prepared once: this read stands before every answer of the API
  return q
    .select({
      set: tokenSets,
      connection: connections,
      client: clients,
      msLeft: time.until(tokenSets.expiresAt, now),
      msToNext: time.until(connections.nextAttemptAt, now),
      msToUse: time.until(tokenSets.usedAt, now),
    })
    .from(tokenSets)
    .innerJoin(connections, eq(connections.id, tokenSets.connectionId))
    .innerJoin(clients, eq(clients.id, tokenSets.clientId))
    .where(where)
    .prepare()
}

type Row = Awaited<ReturnType<ReturnType<typeof prepare>['execute']>>[number]

const heldOf = (row: Row | undefined): HeldTokens | null => {
  if (!row) return null
  const { set, connection, client } = row
  return {
    tokenSetId: set.id,
    connectionId: connection.id,
    tenantId: set.tenantId as TenantId,
    provider: set.provider,
    inUse: connection.tokenSetId === set.id,
    enabled: connection.enabled,
    standing: standingOf(connection),
    generation: set.generation,
    sealedAccessToken: set.sealedAccessToken,
    sealedRefreshToken: set.sealedRefreshToken,
    lifetimeMs: set.lifetimeMs,
    msLeft: row.msLeft,
    msUnused: set.usedAt === null ? null : -row.msToUse,
    msToNextAttempt: connection.nextAttemptAt === null ? null : row.msToNext,
    accessRefused: set.accessRefused,
    reportedGeneration: set.reportedGeneration,
    account:
      set.identity === 'read'
        ? { id: set.accountId ?? '', name: set.accountName ?? '', email: set.accountEmail ?? '' }
        : null,
    identityKnown: set.identity === 'read',
    client: {
      id: client.id,
      identifier: client.identifier,
      sealedSecret: client.sealedSecret,
      secretGeneration: client.secretGeneration,
    },
    intentFingerprint: set.intentFingerprint,
  }
}

export const heldTokenRows = (db: Database): Pick<TokenStore, 'read' | 'readSet'> => {
  const { tokenSets, connections } = db.tables
  const tenantId = sql.placeholder('tenantId')
  const provider = sql.placeholder('provider')
  const tokenSetId = sql.placeholder('tokenSetId')
  const inUse = prepare(
    db,
    and(
      eq(connections.tenantId, tenantId),
      eq(connections.provider, provider),
      eq(tokenSets.id, connections.tokenSetId),
    ),
  )
  const named = prepare(
    db,
    and(
      eq(tokenSets.id, tokenSetId),
      or(eq(connections.tokenSetId, tokenSetId), eq(connections.candidateId, tokenSetId)),
    ),
  )
  return {
    read: async (tenantId, provider, now) => {
      const [row] = await inUse.execute({ tenantId, provider, now: now.getTime() })
      return heldOf(row)
    },
    readSet: async (tokenSetId, now) => {
      const [row] = await named.execute({ tokenSetId, now: now.getTime() })
      return heldOf(row)
    },
  }
}
