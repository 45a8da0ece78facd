import { aliasedTable, and, desc, eq } from 'drizzle-orm'
import type { Tables } from '#drizzle/tables.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { leastShownLength } from '#lib/domain/connections/client-credentials.ts'
import type { ConnectionRecord, TokenSetRecord } from '#lib/domain/connections/connection-record.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { sealedLength } from '../../vault.ts'
import type { Database } from '../engine/database.ts'

type ConnectionRow = Tables['connections']['$inferSelect']
type TokenSetRow = Tables['tokenSets']['$inferSelect']
type ClientRow = Tables['clients']['$inferSelect']

export const statusOf = (row: Pick<ConnectionRow, keyof ConnectionStatus>): ConnectionStatus =>
  ({
    state: row.state,
    reason: row.reason,
    since: row.since,
    lastSuccessAt: row.lastSuccessAt,
    nextAttemptAt: row.nextAttemptAt,
    attempts: row.attempts,
  }) as ConnectionStatus

const tokenSetOf = (row: TokenSetRow | null, client: ClientRow | null): TokenSetRecord | null =>
  row && {
    id: row.id,
    clientRowId: row.clientId,
    client: { identifier: client?.identifier ?? '', shared: client?.shared ?? false },
    version: row.generation,
    expiresAt: row.expiresAt,
    lifetimeMs: row.lifetimeMs,
    accessRefused: row.accessRefused,
    refreshDueAt: row.refreshDueAt,
    createdAt: row.createdAt,
    knownState: row.knownState,
    authorizedBy: row.authorizedBy,
    identity: row.identity,
    account:
      row.identity === 'read'
        ? { id: row.accountId ?? '', name: row.accountName ?? '', email: row.accountEmail ?? '' }
        : null,
    identityDueAt: row.identityDueAt,
    target: row.target,
  }

/** Version 0.1.0 stored the end of short secrets too. */
const shownEnd = ({ sealedSecret, secretLast4 }: Tables['clients']['$inferSelect']) =>
  (sealedLength(sealedSecret) ?? leastShownLength) < leastShownLength ? '' : secretLast4

const timed = <T>(value: T | null, at: Date | null) => (value !== null && at ? { value, at } : null)

/** Reads one tenant's connection whole, in two indexed reads. */
export const findConnection = async (
  { tables, q }: Database,
  tenantId: TenantId,
  provider: ProviderId,
): Promise<ConnectionRecord | null> => {
  const { connections, clients, tokenSets, users, pendingAuthorizations: pending } = tables
  const candidates = aliasedTable(tokenSets, 'candidate')
  const pausers = aliasedTable(users, 'pauser')
  const minters = aliasedTable(clients, 'minter')
  const candidateMinters = aliasedTable(clients, 'candidate_minter')
  const [found] = await q
    .select({
      row: connections,
      client: clients,
      tokenSet: tokenSets,
      candidate: candidates,
      minter: minters,
      candidateMinter: candidateMinters,
      by: users,
      pauser: pausers,
    })
    .from(connections)
    .leftJoin(clients, eq(clients.id, connections.clientId))
    .leftJoin(tokenSets, eq(tokenSets.id, connections.tokenSetId))
    .leftJoin(candidates, eq(candidates.id, connections.candidateId))
    .leftJoin(minters, eq(minters.id, tokenSets.clientId))
    .leftJoin(candidateMinters, eq(candidateMinters.id, candidates.clientId))
    .leftJoin(users, eq(users.id, connections.connectedBy))
    .leftJoin(pausers, eq(pausers.id, connections.pausedBy))
    .where(and(eq(connections.tenantId, tenantId), eq(connections.provider, provider)))
  if (!found) return null
  const { row, client } = found
  const [newest] = await q
    .select({
      step: pending.step,
      createdAt: pending.createdAt,
      steppedAt: pending.steppedAt,
      shared: clients.shared,
    })
    .from(pending)
    .innerJoin(clients, eq(clients.id, pending.clientId))
    .where(eq(pending.connectionId, row.id))
    .orderBy(desc(pending.createdAt))
    .limit(1)
  const status = timed(row.authStatus, row.authStatusAt)
  const failed = timed(row.authorizationFailure, row.authorizationFailureAt)
  return {
    id: row.id,
    tenantId,
    provider,
    revision: row.revision,
    enabled: row.enabled,
    paused: row.pausedAt && { at: row.pausedAt, by: found.pauser?.name ?? null },
    restoredAt: row.restoredAt,
    client: client && {
      id: client.id,
      identifier: client.identifier,
      secretVersion: client.secretGeneration,
      secretLast4: shownEnd(client),
      secretSetAt: client.secretSetAt,
    },
    target: row.target,
    supersededAt: row.supersededAt,
    status: statusOf(row),
    authStatus: status && { text: status.value, at: status.at },
    authorizationFailure: failed && { code: failed.value, at: failed.at },
    tokenSet: tokenSetOf(found.tokenSet, found.minter),
    candidate: tokenSetOf(found.candidate, found.candidateMinter),
    connected: row.connectedAt && { at: row.connectedAt, by: found.by?.name ?? null },
    lastTest: row.lastTest,
    newest: newest ?? null,
  }
}
