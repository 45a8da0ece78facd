import { and, asc, eq, isNull, notExists, or, sql } from 'drizzle-orm'
import type { TokenStore } from '#lib/ports/tokens.ts'
import type { Database } from '../engine/database.ts'

/** The refreshes of the background work: who works on one that is due, and which need none. */
export const dueRefreshRows = (db: Database): Pick<TokenStore, 'claimDue' | 'skipRefresh'> => {
  const { tables, time } = db
  const { tokenSets, connections } = tables
  return {
    skipRefresh: async (id) => {
      // asked again here: it may have been promoted, or switched on, since the caller looked
      const used = db.q
        .select({ one: sql`1` })
        .from(connections)
        .where(
          and(
            eq(connections.id, tokenSets.connectionId),
            eq(connections.tokenSetId, tokenSets.id),
            eq(connections.enabled, true),
            isNull(connections.restoredAt),
          ),
        )
      await db.q
        .update(tokenSets)
        .set({ refreshDueAt: null })
        .where(and(eq(tokenSets.id, id), notExists(used)))
    },
    claimDue: async (provider, limit, claimMs, now) => {
      const dueAndFree = and(
        eq(tokenSets.provider, provider),
        time.past(tokenSets.refreshDueAt, now),
        or(isNull(tokenSets.leaseUntil), time.past(tokenSets.leaseUntil, now)),
      )
      const next = (count: number) =>
        db.q
          .select({ id: tokenSets.id })
          .from(tokenSets)
          .where(dueAndFree)
          .orderBy(asc(tokenSets.refreshDueAt))
          .limit(count)
      // nearly always there is none: then nothing waits for a writer
      const [first] = await next(1)
      if (!first) return []
      return db.q
        .update(tokenSets)
        .set({ refreshDueAt: time.plus(claimMs, now) })
        .where(and(db.toClaim(tokenSets.id, next(limit)), dueAndFree))
        .returning({ tokenSetId: tokenSets.id })
    },
  }
}
