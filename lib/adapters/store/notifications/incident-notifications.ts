import { and, asc, count, eq, gt, isNotNull, isNull, lte, max, ne, notExists, or } from 'drizzle-orm'
import { healthOf } from '#lib/domain/notifications/webhook-event.ts'
import type { IncidentStore } from '#lib/ports/notifications.ts'
import { inLists } from '../connections/in-lists.ts'
import { countOperatorFault } from '../connections/operator-fault.ts'
import type { Database } from '../engine/database.ts'
import { openOutageOf } from '../tokens/open-outages.ts'
import { queueDeliveries } from './deliveries.ts'

type Methods = Omit<IncidentStore, 'openOverdue' | 'list' | 'listLately' | 'note'>

/** Notifications of incidents, and which of them were already sent. */
export const incidentNotifications = (db: Database): Methods => {
  const { incidents, connections, tenants, tokenSets } = db.tables
  const ago = (ms: number, now: Date) => new Date(now.getTime() - ms)
  /** A pause, or a newer version in its place, is somebody's own choice. */
  const inUse = and(eq(connections.enabled, true), isNull(connections.supersededAt))
  /** What its customer can do nothing about, and does not hear of. */
  const notOperators = or(isNull(connections.reason), ne(connections.reason, 'provider_configuration'))
  /** What counts as needing help; what came from a backup is told apart, and its state is of then. */
  const current = and(inUse, isNull(connections.restoredAt))
  return {
    listUnnotified: (ms, limit, now) =>
      db.q
        .select({ id: incidents.id, tenantId: incidents.tenantId })
        .from(incidents)
        .innerJoin(connections, eq(connections.id, incidents.connectionId))
        .where(
          and(
            isNull(incidents.alertedAt),
            isNull(incidents.closedAt),
            lte(incidents.openedAt, ago(ms, now)),
            current,
            isNotNull(connections.lastSuccessAt),
            notOperators,
            notExists(openOutageOf(db, db.q)),
          ),
        )
        .orderBy(asc(incidents.openedAt))
        .limit(limit),
    queueAlert: async (id, alert, now) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(incidents)
            .set({ alertedAt: now })
            .where(and(eq(incidents.id, id), isNull(incidents.alertedAt), isNull(incidents.closedAt)))
            .returning({ id: incidents.id }),
        then: (q) => (alert.length > 0 ? [queueDeliveries(db, q, alert, now)] : []),
      })
      return won !== null
    },
    listEnded: async (limit) => {
      const rows = await db.q
        .select({
          id: incidents.id,
          tenantId: incidents.tenantId,
          state: connections.state,
          reason: connections.reason,
        })
        .from(incidents)
        .innerJoin(connections, eq(connections.id, incidents.connectionId))
        .where(
          and(
            isNull(incidents.recoveryToldAt),
            isNotNull(incidents.closedAt),
            isNotNull(incidents.alertedAt),
            isNull(connections.restoredAt),
            // taken back by an outage: how it ends is not known yet
            or(ne(connections.state, 'degraded'), eq(connections.reason, 'identity_unknown')),
          ),
        )
        .orderBy(asc(incidents.closedAt))
        .limit(limit)
      return rows.map(({ id, tenantId, ...connectionStatus }) => ({
        id,
        tenantId,
        well: healthOf(connectionStatus) === 'well',
      }))
    },
    queueRecovery: async (id, recovery, now) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(incidents)
            .set({ recoveryToldAt: now })
            .where(and(eq(incidents.id, id), isNull(incidents.recoveryToldAt), isNotNull(incidents.closedAt)))
            .returning({ id: incidents.id }),
        then: (q) => (recovery.length > 0 ? [queueDeliveries(db, q, recovery, now)] : []),
      })
      return won !== null
    },
    skipUnnotified: async (now) => {
      await db.q
        .update(incidents)
        .set({ recoveryToldAt: now })
        .where(and(isNull(incidents.recoveryToldAt), isNotNull(incidents.closedAt), isNull(incidents.alertedAt)))
    },
    find: async (id, now) => {
      const [row] = await db.q
        .select({
          tenantName: tenants.name,
          provider: connections.provider,
          state: connections.state,
          reason: connections.reason,
          opened: incidents.reason,
          openedAt: incidents.openedAt,
          closedAt: incidents.closedAt,
          expiresAt: tokenSets.expiresAt,
          accessRefused: tokenSets.accessRefused,
        })
        .from(incidents)
        .innerJoin(connections, eq(connections.id, incidents.connectionId))
        .innerJoin(tenants, eq(tenants.id, incidents.tenantId))
        .leftJoin(tokenSets, eq(tokenSets.id, connections.tokenSetId))
        .where(eq(incidents.id, id))
      if (!row) return null
      const { reason, opened, expiresAt, accessRefused, ...incident } = row
      const serves = expiresAt !== null && expiresAt > now && !accessRefused
      return { ...incident, reason: reason ?? opened, servedUntil: serves ? expiresAt : null }
    },
    listBroken: (tenantId) =>
      db.q
        .select({ provider: connections.provider, state: connections.state, since: connections.since })
        .from(connections)
        .where(
          and(
            eq(connections.tenantId, tenantId),
            or(eq(connections.state, 'reconnect_required'), eq(connections.state, 'misconfigured')),
            inUse,
          ),
        )
        .orderBy(asc(connections.provider)),
    digest: async (limit, sinceMs, now) => {
      const of = async (table: typeof incidents | typeof connections, where: ReturnType<typeof and>) => {
        const [row] = await db.q.select({ n: count() }).from(table).where(where)
        return row?.n ?? 0
      }
      const inNeed = await db.q
        .select({
          tenantName: tenants.name,
          ref: tenants.ref,
          provider: connections.provider,
          state: connections.state,
          since: incidents.openedAt,
        })
        .from(incidents)
        .innerJoin(connections, eq(connections.id, incidents.openFor))
        .innerJoin(tenants, eq(tenants.id, incidents.tenantId))
        .where(current)
        .orderBy(asc(incidents.openedAt), asc(incidents.id))
        .limit(limit)
      const [counted] = await db.q
        .select({ n: count() })
        .from(incidents)
        .innerJoin(connections, eq(connections.id, incidents.openFor))
        .where(current)
      const [restored] = await db.q
        .select({ count: count(), from: max(connections.restoredAt) })
        .from(connections)
        .where(and(isNotNull(connections.restoredAt), isNull(connections.archivedAt)))
      return {
        inNeed,
        restored: { count: restored?.count ?? 0, from: restored?.from ?? null },
        operatorFault: await countOperatorFault(db, ago(sinceMs, now)),
        count: counted?.n ?? 0,
        opened: await of(incidents, gt(incidents.openedAt, ago(sinceMs, now))),
        closed: await of(incidents, gt(incidents.closedAt, ago(sinceMs, now))),
        onV1: await of(
          connections,
          and(eq(connections.provider, 'teamleader-v1'), inLists(db), ne(connections.state, 'unconfigured')),
        ),
      }
    },
  }
}
