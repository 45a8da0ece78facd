import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { outwardStatus } from '#lib/domain/connections/outward-status.ts'
import type { Delivery } from '#lib/domain/notifications/delivery.ts'
import type { ClaimedDelivery, DeliveryStore, LoggedDelivery } from '#lib/ports/notifications.ts'
import { notArchived } from '../accounts/archived.ts'
import { inState } from '../accounts/user-state.ts'
import { statusOf } from '../connections/connection-rows.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'

/** The insert of deliveries, to stand beside the change they tell of; what was told before is passed over. */
export const queueDeliveries = (
  { tables: { deliveries }, time }: Database,
  q: Queries,
  queued: readonly Delivery[],
  now: Date,
  inMs = 0,
) =>
  q
    .insert(deliveries)
    .values(
      queued.map((delivery) => ({
        ...delivery,
        id: randomUUID(),
        createdAt: now,
        dueAt: time.plus(inMs, now),
        attempts: 0,
      })),
    )
    .onConflictDoNothing({ target: deliveries.onceKey })

export const deliveryStore = (db: Database): DeliveryStore => {
  const { tables, time } = db
  const { deliveries, users, tenants, connections } = tables
  const free = (now: Date) => or(isNull(deliveries.leaseUntil), time.past(deliveries.leaseUntil, now))
  return {
    listRecipients: async (tenantId) => {
      const ours =
        tenantId === null ? eq(users.role, 'support') : and(eq(users.tenantId, tenantId), eq(users.role, 'admin'))
      const rows = await db.q
        .select({ id: users.id })
        .from(users)
        .where(and(ours, inState(db, 'active')))
        .orderBy(asc(users.createdAt), asc(users.id))
      return rows.map(({ id }) => id)
    },
    listSupport: () =>
      db.q
        .select({ id: users.id, timeZone: users.timeZone })
        .from(users)
        .where(and(eq(users.role, 'support'), inState(db, 'active')))
        .orderBy(asc(users.createdAt), asc(users.id)),
    findRecipient: async (userId) => {
      const [row] = await db.q
        .select({ name: users.name, email: users.email, locale: users.locale, timeZone: users.timeZone })
        .from(users)
        .where(and(eq(users.id, userId), isNull(users.disabledAt), notArchived(db, db.q, users.tenantId)))
      return row ?? null
    },
    findSubject: async (connectionId) => {
      const [row] = await db.q
        .select({ connection: connections, ref: tenants.ref })
        .from(connections)
        .innerJoin(tenants, eq(tenants.id, connections.tenantId))
        .where(eq(connections.id, connectionId))
      if (!row) return null
      const { connection, ref } = row
      return {
        tenantId: connection.tenantId,
        ref,
        provider: connection.provider,
        status: outwardStatus({ ...connection, status: statusOf(connection) }),
      }
    },
    add: async (queued, { now, entry }) => {
      if (queued.length === 0) return false
      const won = await db.atomically({
        guard: (q) => queueDeliveries(db, q, queued, now).returning({ id: deliveries.id }),
        then: (q) => (entry ? [writeEntry(db, q, entry)] : []),
      })
      return won !== null
    },
    claimDue: async (limit, leaseMs, now) => {
      const due = and(time.past(deliveries.dueAt, now), free(now))
      const next = await db.q
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(due)
        .orderBy(asc(deliveries.dueAt))
        .limit(limit)
      // nearly always: then nothing is written
      if (next.length === 0) return []
      const ids = next.map(({ id }) => id)
      const rows = await db.q
        .update(deliveries)
        .set({
          leaseUntil: time.plus(leaseMs, now),
          attempts: sql`${deliveries.attempts} + 1`,
          // an event that was held back no longer is
          onceKey: sql`case when ${deliveries.channel} = 'webhook' then ${deliveries.id} else ${deliveries.onceKey} end`,
        })
        .where(and(inArray(deliveries.id, ids), due))
        .returning()
      return rows as ClaimedDelivery[]
    },
    isWaiting: async (onceKey) => {
      const [row] = await db.q.select({ id: deliveries.id }).from(deliveries).where(eq(deliveries.onceKey, onceKey))
      return row !== undefined
    },
    finish: async ({ id, attempts, kind }, { delivered, answer, retryInMs }, { now, entry }) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(deliveries)
            .set({
              leaseUntil: null,
              lastAnswer: answer,
              deliveredAt: delivered ? now : null,
              dueAt: delivered || retryInMs === null ? null : time.plus(retryInMs, now),
            })
            .where(and(eq(deliveries.id, id), eq(deliveries.attempts, attempts), isNotNull(deliveries.leaseUntil)))
            .returning({ id: deliveries.id }),
        then: (q) => [
          ...(entry ? [writeEntry(db, q, entry)] : []),
          // nobody looks for one of the many that arrived
          ...(kind === 'data.changed'
            ? [q.delete(deliveries).where(and(eq(deliveries.id, id), isNull(deliveries.dueAt)))]
            : []),
        ],
      })
      return won !== null
    },
    list: async (tenantId, limit) => {
      const rows = await db.q
        .select({
          id: deliveries.id,
          channel: deliveries.channel,
          kind: deliveries.kind,
          payload: deliveries.payload,
          recipient: { name: users.name, email: users.email },
          createdAt: deliveries.createdAt,
          dueAt: deliveries.dueAt,
          attempts: deliveries.attempts,
          deliveredAt: deliveries.deliveredAt,
          lastAnswer: deliveries.lastAnswer,
        })
        .from(deliveries)
        .leftJoin(users, eq(users.id, deliveries.userId))
        .where(eq(deliveries.tenantId, tenantId))
        .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
        .limit(limit)
      return rows as LoggedDelivery[]
    },
    replay: async (tenantId, id, entry) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(deliveries)
            .set({ dueAt: time.plus(0, entry.at), deliveredAt: null })
            .where(and(eq(deliveries.id, id), eq(deliveries.tenantId, tenantId), free(entry.at)))
            .returning({ id: deliveries.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return won !== null
    },
    prune: async (olderThanMs, now) => {
      const long = new Date(now.getTime() - olderThanMs)
      await db.q.delete(deliveries).where(and(lt(deliveries.createdAt, long), isNull(deliveries.dueAt)))
    },
  }
}
