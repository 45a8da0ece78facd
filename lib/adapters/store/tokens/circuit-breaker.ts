import { and, count, countDistinct, eq, gt, inArray, not } from 'drizzle-orm'
import type { OutageStore } from '#lib/ports/tokens.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'
import { closeIncident } from '../notifications/incidents.ts'
import { enqueueReopenedEvent } from '../notifications/webhook-events.ts'

export const outageStore = (db: Database): OutageStore => {
  const { tables, time } = db
  const { outages, tokenCalls, tokenSets, connections } = tables
  return {
    find: async (provider) => {
      const [row] = await db.q
        .select({ kind: outages.kind, since: outages.since })
        .from(outages)
        .where(eq(outages.provider, provider))
      return row ?? null
    },
    tally: async (provider, windowMs, now) => {
      const recent = and(eq(tokenCalls.provider, provider), not(time.past(tokenCalls.at, now, windowMs)))
      const rows = await db.q
        .select({
          outcome: tokenCalls.outcome,
          calls: count(),
          connections: countDistinct(tokenCalls.tokenSetId),
        })
        .from(tokenCalls)
        .where(recent)
        .groupBy(tokenCalls.outcome)
      const of = (outcome: string) => {
        const { calls, connections } = rows.find((row) => row.outcome === outcome) ?? { calls: 0, connections: 0 }
        return { calls, connections }
      }
      return {
        calls: rows.reduce((sum, { calls }) => sum + calls, 0),
        failing: { passing: of('passing'), grant_dead: of('grant_dead') },
      }
    },
    open: async (provider, kind, probeInMs, entry) => {
      const [opened] = await db.q
        .insert(outages)
        .values({ provider, kind, since: entry.at, nextProbeAt: time.plus(probeInMs, entry.at) })
        .onConflictDoNothing()
        .returning({ provider: outages.provider })
      if (!opened) return false
      await writeEntry(db, db.q, entry)
      return true
    },
    claimProbe: async (provider, everyMs, now) => {
      const [won] = await db.q
        .update(outages)
        .set({ nextProbeAt: time.plus(everyMs, now) })
        .where(and(eq(outages.provider, provider), time.due(outages.nextProbeAt, now, everyMs)))
        .returning({ provider: outages.provider })
      return won !== undefined
    },
    prune: async (provider, olderThanMs, now) => {
      await db.q
        .delete(tokenCalls)
        .where(and(eq(tokenCalls.provider, provider), time.past(tokenCalls.at, now, olderThanMs)))
    },
    close: async (provider, entry) => {
      const won = await db.atomically({
        guard: (q) => q.delete(outages).where(eq(outages.provider, provider)).returning({ provider: outages.provider }),
        then: (q) => [
          // the calls of the outage would open it again at once
          q.delete(tokenCalls).where(and(eq(tokenCalls.provider, provider), not(eq(tokenCalls.outcome, 'ok')))),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
    reviveRefused: async (provider, sinceMs, now) => {
      const recent = and(
        eq(connections.provider, provider),
        eq(connections.state, 'reconnect_required'),
        inArray(connections.reason, ['revoked', 'lost_response']),
        gt(connections.since, new Date(now.getTime() - sinceMs)),
      )
      const mistaken = await db.q
        .select({
          id: connections.id,
          tenantId: connections.tenantId,
          tokenSetId: connections.tokenSetId,
          brokeAt: connections.since,
          outAt: outages.since,
        })
        .from(connections)
        .leftJoin(outages, eq(outages.provider, connections.provider))
        .where(recent)
      const doubted = { state: 'degraded', reason: 'provider_unavailable', since: now } as const
      for (const { id, tenantId, tokenSetId, brokeAt, outAt } of mistaken)
        await db.atomically({
          guard: (q) =>
            q
              .update(connections)
              .set(doubted)
              .where(and(eq(connections.id, id), recent))
              .returning({ id: connections.id }),
          then: (q) => [
            q
              .update(tokenSets)
              .set({ refreshDueAt: time.plus(0, now) })
              .where(eq(tokenSets.id, tokenSetId ?? '')),
            ...closeIncident(db, q, { tenantId, connectionId: id }, now),
            ...(outAt !== null && brokeAt <= outAt ? enqueueReopenedEvent(db, q, id, doubted, now) : []),
          ],
        })
    },
  }
}
