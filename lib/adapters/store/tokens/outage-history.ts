import { randomUUID } from 'node:crypto'
import { and, count, eq, exists, isNull, not, or, sql } from 'drizzle-orm'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { Outage, OutageEnd } from '#lib/domain/tokens/circuit-breaker.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'

export const beginHistory = (
  { tables: { outageHistory } }: Database,
  q: Queries,
  begun: Outage & { provider: ProviderId },
) => q.insert(outageHistory).values({ id: randomUUID(), ...begun })

/** Those of a provider that wait for it: degraded, due for a refresh, or seen failing a short while ago. */
const countWaiting = ({ tables, time }: Database, q: Queries, provider: ProviderId, now: Date) => {
  const { connections, tokenSets, tokenCalls } = tables
  const failedLately = exists(
    q
      .select({ id: tokenCalls.id })
      .from(tokenCalls)
      .where(
        and(
          eq(tokenCalls.provider, provider),
          eq(tokenCalls.tokenSetId, tokenSets.id),
          not(eq(tokenCalls.outcome, 'ok')),
        ),
      ),
  )
  return q
    .select({ count: count() })
    .from(connections)
    .innerJoin(tokenSets, eq(tokenSets.id, connections.tokenSetId))
    .where(
      and(
        eq(connections.provider, provider),
        eq(connections.enabled, true),
        or(eq(connections.state, 'degraded'), time.past(tokenSets.refreshDueAt, now), failedLately),
      ),
    )
}

/** Ends the open one, and counts whom it kept waiting: before the calls that failed are forgotten. */
export const endHistory = (db: Database, q: Queries, provider: ProviderId, outcome: OutageEnd, endedAt: Date) => {
  const { outageHistory } = db.tables
  return q
    .update(outageHistory)
    .set({ outcome, endedAt, connections: sql<number>`(${countWaiting(db, q, provider, endedAt)})` })
    .where(and(eq(outageHistory.provider, provider), isNull(outageHistory.endedAt)))
}
