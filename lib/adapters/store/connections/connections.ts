import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { outwardStatus } from '#lib/domain/connections/outward-status.ts'
import { Failure } from '#lib/domain/failure.ts'
import type { AuthorizationStore, EnabledChange, SettingsChange } from '#lib/ports/authorization.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { enqueueSwitchEvents } from '../notifications/webhook-events.ts'
import { clientRows, writeClient } from './clients.ts'
import { findConnection, statusOf } from './connection-rows.ts'
import { changeStatus } from './connection-status.ts'

/** A pause stops the background refresh; switching on and a new secret start it again, unless only a person can help. */
const resumeRefreshing = (
  { tables, time }: Database,
  q: Queries,
  { connectionId, enabled, resumes, now, client }: EnabledChange & { client?: SettingsChange['client'] },
) => {
  const { connections, tokenSets } = tables
  const states = ['connected', 'degraded', ...(client?.secret ? (['misconfigured'] as const) : [])] as const
  const resumable = q
    .select({ id: connections.tokenSetId })
    .from(connections)
    .where(and(eq(connections.id, connectionId), isNull(connections.restoredAt), inArray(connections.state, states)))
  if (enabled && !resumes) return []
  const change = enabled
    ? q
        .update(tokenSets)
        .set({ refreshDueAt: time.plus(0, now) })
        .where(
          and(
            inArray(tokenSets.id, resumable),
            client?.secret ? eq(tokenSets.clientId, client.id) : isNull(tokenSets.refreshDueAt),
          ),
        )
    : q.update(tokenSets).set({ refreshDueAt: null }).where(eq(tokenSets.connectionId, connectionId))
  return [change]
}

const writeEnabled = (db: Database, q: Queries, change: EnabledChange & { client?: SettingsChange['client'] }) => {
  const { connections } = db.tables
  const { connectionId, enabled, userId, now } = change
  return [
    ...enqueueSwitchEvents(db, q, connectionId, enabled, now),
    // who switched it off, and when, stays as it was while it stays off
    q
      .update(connections)
      .set(enabled ? { enabled, pausedAt: null, pausedBy: null } : { enabled, pausedAt: now, pausedBy: userId })
      .where(and(eq(connections.id, connectionId), eq(connections.enabled, !enabled))),
    ...resumeRefreshing(db, q, change),
  ]
}

type Methods = Pick<
  AuthorizationStore,
  | 'listStatuses'
  | 'find'
  | 'ensure'
  | 'findClient'
  | 'findClientById'
  | 'saveSettings'
  | 'useSharedClient'
  | 'switchEnabled'
>

export const connectionStore = (db: Database): Methods => {
  const { connections, tenants } = db.tables
  return {
    listStatuses: async (tenantId) => {
      const rows = await db.q.select().from(connections).where(eq(connections.tenantId, tenantId))
      return rows.map((row) => ({ provider: row.provider, ...outwardStatus({ ...row, status: statusOf(row) }) }))
    },
    find: (tenantId, provider) => findConnection(db, tenantId, provider),
    ensure: async (tenantId, provider, id, now) => {
      const found = await findConnection(db, tenantId, provider)
      if (found) return found
      const ofTenant = <C extends typeof tenants.sortName | typeof tenants.archivedAt>(column: C) =>
        sql`(${db.q.select({ column }).from(tenants).where(eq(tenants.id, tenantId))})`
      await db.q
        .insert(connections)
        .values({
          ...{ id, tenantId, provider, sortName: ofTenant(tenants.sortName), archivedAt: ofTenant(tenants.archivedAt) },
          ...{ revision: 0, enabled: true, state: 'unconfigured', since: now, attempts: 0 },
        })
        .onConflictDoNothing()
      const made = await findConnection(db, tenantId, provider)
      if (!made) throw new Failure('storage_unavailable')
      return made
    },
    ...clientRows(db),
    saveSettings: async (change) => {
      const { connectionId, tenantId, revision, client, target, supersededAt, now } = change
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(connections)
            .set({ revision: revision + 1 })
            .where(
              and(
                eq(connections.id, connectionId),
                eq(connections.tenantId, tenantId),
                eq(connections.revision, revision),
                isNull(connections.archivedAt),
              ),
            )
            .returning({ id: connections.id }),
        then: (q) => [
          ...writeClient(db, q, change),
          q
            .update(connections)
            .set({ clientId: client.id, target, ...(supersededAt && { supersededAt }) })
            .where(eq(connections.id, connectionId)),
          ...writeEnabled(db, q, change),
          ...changeStatus(db, q, connectionId, change.statusChange, now),
          writeEntry(db, q, change.entry),
        ],
      })
      return won !== null
    },
    switchEnabled: async (change) => {
      const { connectionId, tenantId, enabled, entry } = change
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(connections)
            .set({ enabled: !enabled })
            .where(
              and(
                eq(connections.id, connectionId),
                eq(connections.tenantId, tenantId),
                isNull(connections.archivedAt),
                eq(connections.enabled, !enabled),
              ),
            )
            .returning({ id: connections.id }),
        then: (q) => [...writeEnabled(db, q, change), writeEntry(db, q, entry)],
      })
      return won !== null
    },
  }
}
