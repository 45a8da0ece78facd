import { and, eq, or, type SQL } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/tenant.ts'
import type { HeldTokens } from '#lib/ports/token-store.ts'
import { standingOf } from './connection-rows.ts'
import type { Database } from './database.ts'

/** One indexed read of a token set, its connection and its client, with the times left in the lease's clock. */
const readOne = async (
  { tables, q, time }: Database,
  now: Date,
  where: SQL | undefined,
): Promise<HeldTokens | null> => {
  const { tokenSets, connections, clients } = tables
  const [row] = await q
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

export const heldTokenRows = (db: Database) => {
  const { tokenSets, connections } = db.tables
  return {
    read: (tenantId: TenantId, provider: HeldTokens['provider'], now: Date) =>
      readOne(
        db,
        now,
        and(
          eq(connections.tenantId, tenantId),
          eq(connections.provider, provider),
          eq(tokenSets.id, connections.tokenSetId),
        ),
      ),
    readSet: (tokenSetId: string, now: Date) =>
      readOne(
        db,
        now,
        and(
          eq(tokenSets.id, tokenSetId),
          or(eq(connections.tokenSetId, tokenSetId), eq(connections.candidateId, tokenSetId)),
        ),
      ),
  }
}
