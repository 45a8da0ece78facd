import { randomUUID } from 'node:crypto'
import { and, asc, eq, gt, notExists, notInArray, sql } from 'drizzle-orm'
import type { Standing } from '#lib/domain/connection.ts'
import { providerIds } from '#lib/domain/provider.ts'
import type { IncidentStore } from '#lib/ports/token-store.ts'
import type { Database } from './database.ts'
import type { Queries } from './queries.ts'

interface Where {
  tenantId: string
  connectionId: string
}

/** The rank of what is degraded and switched on, see `connections.urgency`. */
const disturbed = 2

/** What a standing does to the connection's incident: the final ones open it at once, a success closes it. */
export const followStanding = ({ tables: { incidents } }: Database, q: Queries, at: Where, to: Standing, now: Date) => {
  const final = to.state === 'reconnect_required' || to.state === 'misconfigured'
  if (final)
    return [
      q
        .insert(incidents)
        .values({ ...at, id: randomUUID(), openFor: at.connectionId, reason: to.reason, openedAt: now })
        .onConflictDoNothing({ target: incidents.openFor }),
    ]
  const well = to.state === 'connected' || to.reason === 'identity_unknown'
  return well
    ? [q.update(incidents).set({ openFor: null, closedAt: now }).where(eq(incidents.openFor, at.connectionId))]
    : []
}

export const incidentStore = (db: Database): IncidentStore => {
  const { incidents, connections, tokenSets, outages, journal } = db.tables

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
            db.time.past(tokenSets.expiresAt, now, ms),
            notInArray(connections.provider, await recovering(ms, now)),
            notExists(db.q.select({ one: sql`1` }).from(outages).where(eq(outages.provider, connections.provider))),
            notExists(db.q.select({ one: sql`1` }).from(incidents).where(eq(incidents.openFor, connections.id))),
          ),
        )
        .limit(500)
      let opened = 0
      for (const { connectionId, tenantId, reason } of overdue) {
        const rows = await db.q
          .insert(incidents)
          .values({
            id: randomUUID(),
            tenantId,
            connectionId,
            openFor: connectionId,
            reason: reason ?? '',
            openedAt: now,
          })
          .onConflictDoNothing({ target: incidents.openFor })
          .returning({ id: incidents.id })
        opened += rows.length
      }
      return opened
    },
    list: (tenantId) =>
      db.q
        .select({ reason: incidents.reason, openedAt: incidents.openedAt, closedAt: incidents.closedAt })
        .from(incidents)
        .where(eq(incidents.tenantId, tenantId))
        .orderBy(asc(incidents.openedAt)),
  }
}
