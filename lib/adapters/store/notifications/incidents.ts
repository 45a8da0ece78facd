import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, gt, isNull, ne, notExists, notInArray, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import { providerIds } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { healthOf } from '#lib/domain/notifications/webhook-event.ts'
import type { IncidentStore } from '#lib/ports/notifications.ts'
import { inLists } from '../connections/in-lists.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry, writeEntryWhere } from '../journal/journal.ts'
import { openOutageOf } from '../tokens/open-outages.ts'
import { incidentNotifications } from './incident-notifications.ts'

interface ConnectionRef {
  tenantId: TenantId
  connectionId: string
}

/** The rank of what is degraded and switched on, see `connections.urgency`. */
const disturbed = 2

const bySystem = ({ tenantId, connectionId }: ConnectionRef, at: Date) =>
  ({ at, tenantId, connectionId, actor: { kind: 'system' } }) as const

const openIncident = (db: Database, q: Queries, at: ConnectionRef, reason: FailureCode, now: Date) => {
  const { incidents } = db.tables
  const id = randomUUID()
  return [
    q
      .insert(incidents)
      .values({ ...at, id, openFor: at.connectionId, reason, openedAt: now })
      .onConflictDoNothing({ target: incidents.openFor }),
    writeEntryWhere(db, q, journalEntry({ ...bySystem(at, now), event: 'incident.opened', outcome: reason }), {
      source: incidents,
      where: eq(incidents.id, id),
    }),
  ]
}

/** The connection needs nobody any more. */
export const closeIncident = (db: Database, q: Queries, at: ConnectionRef, now: Date) => {
  const { incidents } = db.tables
  const where = eq(incidents.openFor, at.connectionId)
  return [
    writeEntryWhere(db, q, journalEntry({ ...bySystem(at, now), event: 'incident.closed' }), {
      source: incidents,
      where,
    }),
    q.update(incidents).set({ openFor: null, closedAt: now }).where(where),
  ]
}

/** Opens or closes the connection's incident by its status: a final one opens it at once, a success closes it. */
export const syncIncident = (db: Database, q: Queries, at: ConnectionRef, to: ConnectionStatus, now: Date) => {
  const where = { tenantId: at.tenantId, connectionId: at.connectionId }
  const look = healthOf(to)
  if (look === 'broken') return openIncident(db, q, where, to.reason ?? 'unexpected', now)
  return look === 'well' ? closeIncident(db, q, where, now) : []
}

export const incidentStore = (db: Database): IncidentStore => {
  const { incidents, connections, tokenSets, journal, users } = db.tables

  /** Providers that were out less than `ms` ago: their connections have had no time to come back. */
  const recovering = async (ms: number, now: Date) => {
    const closed = await db.q
      .select({ detail: journal.detail })
      .from(journal)
      .where(and(gt(journal.at, new Date(now.getTime() - ms)), eq(journal.event, 'outage.closed')))
    return providerIds.filter((provider) => closed.some(({ detail }) => detail.provider === provider))
  }

  return {
    openOverdue: async (ms, now) => {
      const overdue = await db.q
        .select({ connectionId: connections.id, tenantId: connections.tenantId, reason: connections.reason })
        .from(connections)
        .innerJoin(tokenSets, eq(tokenSets.id, connections.tokenSetId))
        .where(
          and(
            eq(connections.urgency, disturbed),
            // the operator's fault is told once, to support, and to no customer
            ne(connections.reason, 'provider_configuration'),
            inLists(db),
            isNull(connections.restoredAt),
            db.time.past(tokenSets.expiresAt, now, ms),
            notInArray(connections.provider, await recovering(ms, now)),
            notExists(openOutageOf(db, db.q)),
            notExists(db.q.select({ one: sql`1` }).from(incidents).where(eq(incidents.openFor, connections.id))),
          ),
        )
        .limit(500)
      let opened = 0
      for (const { connectionId, tenantId, reason } of overdue) {
        const code = reason ?? 'provider_unavailable'
        const about = bySystem({ tenantId, connectionId }, now)
        const entry = journalEntry({ ...about, event: 'incident.opened', outcome: code })
        const won = await db.atomically({
          guard: (q) =>
            q
              .insert(incidents)
              .values({ id: randomUUID(), tenantId, connectionId, openFor: connectionId, reason: code, openedAt: now })
              .onConflictDoNothing({ target: incidents.openFor })
              .returning({ id: incidents.id }),
          then: (q) => [writeEntry(db, q, entry)],
        })
        if (won) opened += 1
      }
      return opened
    },
    listLately: async (tenantId, limit) => {
      const rows = await db.q
        .select({
          ...{ id: incidents.id, provider: connections.provider, reason: incidents.reason },
          ...{ openedAt: incidents.openedAt, closedAt: incidents.closedAt },
          ...{ text: incidents.note, notedAt: incidents.notedAt, by: users.name },
        })
        .from(connections)
        .innerJoin(incidents, eq(incidents.connectionId, connections.id))
        .leftJoin(users, eq(users.id, incidents.notedBy))
        .where(eq(connections.tenantId, tenantId))
        .orderBy(desc(incidents.openedAt))
        .limit(limit)
      return rows.map(({ text, notedAt, by, ...incident }) => ({
        ...incident,
        note: text !== null && notedAt ? { text, by, at: notedAt } : null,
      }))
    },
    note: async ({ tenantId, incidentId, notedAt }, note, entry) => {
      const written = await db.atomically({
        guard: (q) =>
          q
            .update(incidents)
            .set({ note: note?.text ?? null, notedBy: note?.by ?? null, notedAt: note ? entry.at : null })
            .where(
              and(
                eq(incidents.id, incidentId),
                eq(incidents.tenantId, tenantId),
                notedAt === null ? isNull(incidents.notedAt) : eq(incidents.notedAt, notedAt),
              ),
            )
            .returning({ id: incidents.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return written !== null
    },
    list: (tenantId) =>
      db.q
        .select({ reason: incidents.reason, openedAt: incidents.openedAt, closedAt: incidents.closedAt })
        .from(incidents)
        .where(eq(incidents.tenantId, tenantId))
        .orderBy(asc(incidents.openedAt)),
    ...incidentNotifications(db),
  }
}
