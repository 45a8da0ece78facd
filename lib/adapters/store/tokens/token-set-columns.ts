import { sql } from 'drizzle-orm'
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types'
import { longestWaitMs } from '#lib/domain/tokens/refresh-policy.ts'
import type { TokenSet } from '#lib/ports/tokens.ts'
import { statusOf } from '../connections/connection-rows.ts'
import type { Database } from '../engine/database.ts'
import type { rememberEnds } from './expiry.ts'

/** What is read of a token set, its connection and its client: flat, and no column more than is needed. */
export const tokenSetColumns = ({ tables: { tokenSets, connections, clients }, time }: Database) => {
  const now = sql.placeholder('now')
  return {
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
  }
}

export type TokenSetRow = SelectResultFields<ReturnType<typeof tokenSetColumns>>

const accountOf = ({ identity, accountId, accountName, accountEmail }: TokenSetRow): TokenSet['account'] =>
  identity === 'read' ? { id: accountId ?? '', name: accountName ?? '', email: accountEmail ?? '' } : null

export const tokenSetOf = (row: TokenSetRow | undefined, left: ReturnType<typeof rememberEnds>): TokenSet | null =>
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
