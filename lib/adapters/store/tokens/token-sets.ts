import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { longestWaitMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { TokenSet, TokenStore } from '#lib/ports/tokens.ts'
import { statusOf } from '../connections/connection-rows.ts'
import type { Database } from '../engine/database.ts'
import { rememberEnds } from './expiry.ts'

/**
 * One indexed read of a token set, its connection and its client, with the times left in the lease's clock. It stands
 * before every answer of the API: prepared once, flat, and no column more than is needed.
 */
const prepare = ({ tables: { tokenSets, connections, clients }, q, time }: Database, where: SQL | undefined) => {
  const now = sql.placeholder('now')
  return q
    .select({
      tokenSetId: tokenSets.id,
      connectionId: tokenSets.connectionId,
      tenantId: tokenSets.tenantId,
      provider: tokenSets.provider,
      version: tokenSets.generation,
      sealedAccessToken: tokenSets.sealedAccessToken,
      sealedRefreshToken: tokenSets.sealedRefreshToken,
      target: tokenSets.target,
      lifetimeMs: tokenSets.lifetimeMs,
      expiresAt: tokenSets.expiresAt,
      msLeft: time.until(tokenSets.expiresAt, now),
      usedAt: tokenSets.usedAt,
      msToUse: time.until(tokenSets.usedAt, now),
      accessRefused: tokenSets.accessRefused,
      reportedVersion: tokenSets.reportedGeneration,
      identity: tokenSets.identity,
      accountId: tokenSets.accountId,
      accountName: tokenSets.accountName,
      accountEmail: tokenSets.accountEmail,
      intentFingerprint: tokenSets.intentFingerprint,
      intentOwner: tokenSets.intentOwner,
      setInUse: connections.tokenSetId,
      enabled: connections.enabled,
      restoredAt: connections.restoredAt,
      state: connections.state,
      reason: connections.reason,
      since: connections.since,
      lastSuccessAt: connections.lastSuccessAt,
      nextAttemptAt: connections.nextAttemptAt,
      msToNext: time.until(connections.nextAttemptAt, now),
      attempts: connections.attempts,
      clientRowId: tokenSets.clientId,
      clientId: clients.identifier,
      shared: clients.shared,
      sealedSecret: clients.sealedSecret,
      secretVersion: clients.secretGeneration,
    })
    .from(tokenSets)
    .innerJoin(connections, eq(connections.id, tokenSets.connectionId))
    .innerJoin(clients, eq(clients.id, tokenSets.clientId))
    .where(where)
    .prepare()
}

type Row = Awaited<ReturnType<ReturnType<typeof prepare>['execute']>>[number]

const accountOf = ({ identity, accountId, accountName, accountEmail }: Row): TokenSet['account'] =>
  identity === 'read' ? { id: accountId ?? '', name: accountName ?? '', email: accountEmail ?? '' } : null

const tokenSetOf = (row: Row | undefined, left: ReturnType<typeof rememberEnds>): TokenSet | null =>
  row
    ? {
        tokenSetId: row.tokenSetId,
        connectionId: row.connectionId,
        tenantId: row.tenantId,
        provider: row.provider,
        inUse: row.setInUse === row.tokenSetId,
        enabled: row.enabled,
        restoredAt: row.restoredAt,
        status: statusOf(row),
        version: row.version,
        sealedAccessToken: row.sealedAccessToken,
        sealedRefreshToken: row.sealedRefreshToken,
        target: row.target,
        lifetimeMs: row.lifetimeMs,
        expiresAt: row.expiresAt,
        msLeft: left(`${row.tokenSetId} token`, row.expiresAt, row.msLeft, row.lifetimeMs),
        msUnused: row.usedAt === null ? null : -row.msToUse,
        msToNextAttempt:
          row.nextAttemptAt === null
            ? null
            : left(`${row.tokenSetId} attempt`, row.nextAttemptAt, row.msToNext, longestWaitMs),
        accessRefused: row.accessRefused,
        reportedVersion: row.reportedVersion,
        account: accountOf(row),
        identityKnown: row.identity === 'read',
        client: {
          id: row.clientRowId,
          identifier: row.clientId,
          shared: row.shared,
          sealedSecret: row.sealedSecret,
          secretVersion: row.secretVersion,
        },
        intentFingerprint: row.intentFingerprint,
        intentOwner: row.intentOwner,
      }
    : null

export const tokenSetRows = (db: Database, monotonicMs: () => number): Pick<TokenStore, 'read' | 'readSet'> => {
  const left = rememberEnds(monotonicMs)
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
      return tokenSetOf(row, left)
    },
    readSet: async (tokenSetId, now) => {
      const [row] = await named.execute({ tokenSetId, now: now.getTime() })
      return tokenSetOf(row, left)
    },
  }
}
