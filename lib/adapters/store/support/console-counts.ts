import { and, asc, count, countDistinct, eq, gt, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm'
import { lastInNeed, rankOf, urgencies } from '#lib/domain/support/console-view.ts'
import type { ConsoleCounts, ConsoleStore } from '#lib/ports/support.ts'
import { inLists } from '../connections/in-lists.ts'
import { countOperatorFault } from '../connections/operator-fault.ts'
import type { Database } from '../engine/database.ts'

/** What stands above support's list: each number is read from an index alone. */
export const consoleCounts = (
  db: Database,
): Pick<ConsoleStore, 'count' | 'countReplaced' | 'countOperatorFault' | 'countSharedClients'> => {
  const { q, tables } = db
  const { connections, tenants, clients, tokenSets, pendingAuthorizations: pending } = tables
  const inUse = inLists(db)
  return {
    count: async (failedSince) => {
      const ranks = await q
        .select({ rank: connections.urgency, n: count() })
        .from(connections)
        .where(inUse)
        .groupBy(connections.urgency)
      const [inNeed] = await q
        // counted as it stands, SQLite would walk all connections in the order of their tenants
        .select({ n: countDistinct(sql`${connections.tenantId} || ''`) })
        .from(connections)
        .where(and(inUse, lte(connections.urgency, rankOf(lastInNeed))))
      const [all] = await q.select({ n: count() }).from(tenants)
      const [archived] = await q.select({ n: count() }).from(tenants).where(isNotNull(tenants.archivedAt))
      const [failed] = await q
        .select({ n: count() })
        .from(pending)
        .where(and(eq(pending.step, 'failed'), gt(pending.steppedAt, failedSince)))
      const counted = urgencies.map((urgency, rank) => [urgency, ranks.find((row) => row.rank === rank)?.n ?? 0])
      return {
        tenants: (all?.n ?? 0) - (archived?.n ?? 0),
        archived: archived?.n ?? 0,
        inNeed: inNeed?.n ?? 0,
        connections: Object.fromEntries(counted) as ConsoleCounts['connections'],
        failed: failed?.n ?? 0,
      }
    },
    countOperatorFault: (since) => countOperatorFault(db, since),
    countSharedClients: () =>
      q
        .select({ identifier: clients.identifier, tokenSets: count() })
        .from(clients)
        .innerJoin(tokenSets, eq(tokenSets.clientId, clients.id))
        .where(eq(clients.shared, true))
        .groupBy(clients.identifier)
        .orderBy(asc(clients.identifier)),
    countReplaced: async (provider) => {
      const [row] = await q
        .select({ all: count(), done: count(connections.supersededAt) })
        .from(connections)
        .where(
          and(
            eq(connections.provider, provider),
            ne(connections.state, 'unconfigured'),
            isNull(connections.archivedAt),
          ),
        )
      const { all, done } = row ?? { all: 0, done: 0 }
      return { done, left: all - done }
    },
  }
}
