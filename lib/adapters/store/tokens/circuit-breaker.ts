import { and, count, countDistinct, desc, eq, gt, gte, inArray, isNotNull, isNull, not, sql } from 'drizzle-orm'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { OutageStore } from '#lib/ports/tokens.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { closeIncident } from '../notifications/incidents.ts'
import { enqueueReopenedEvent } from '../notifications/webhook-events.ts'
import { beginHistory, endHistory } from './outage-history.ts'

export const outageStore = (db: Database): OutageStore => {
  const { tables, time } = db
  const { outages, outageHistory, tokenCalls, tokenSets, connections } = tables
  /** The calls of an outage would open it again at once. */
  const forgetFailures = (q: Queries, provider: ProviderId) =>
    q.delete(tokenCalls).where(and(eq(tokenCalls.provider, provider), not(eq(tokenCalls.outcome, 'ok'))))
  const probeDue = (provider: ProviderId, everyMs: number, now: Date) =>
    and(eq(outages.provider, provider), isNull(outages.believedAt), time.due(outages.nextProbeAt, now, everyMs))
  return {
    find: async (provider) => {
      const [row] = await db.q
        .select({ kind: outages.kind, since: outages.since })
        .from(outages)
        .where(and(eq(outages.provider, provider), isNull(outages.believedAt)))
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
      const opened = { since: entry.at, nextProbeAt: time.plus(probeInMs, entry.at) }
      const won = await db.atomically({
        guard: (q) =>
          q
            .insert(outages)
            .values({ provider, kind, ...opened })
            .onConflictDoUpdate({
              target: outages.provider,
              set: { kind, ...opened, refusedProbes: 0, believedAt: null },
              setWhere: sql`${outages.believedAt} is not null and ${outages.kind} <> ${kind}`,
            })
            .returning({ provider: outages.provider }),
        then: (q) => [writeEntry(db, q, entry), beginHistory(db, q, { provider, kind, since: entry.at })],
      })
      return won !== null
    },
    isProbeDue: async (provider, everyMs, now) => {
      const rows = await db.q
        .select({ provider: outages.provider })
        .from(outages)
        .where(probeDue(provider, everyMs, now))
      return rows.length > 0
    },
    claimProbe: async (provider, everyMs, now) => {
      const [won] = await db.q
        .update(outages)
        .set({ nextProbeAt: time.plus(everyMs, now) })
        .where(probeDue(provider, everyMs, now))
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
          endHistory(db, q, provider, 'answered', entry.at),
          forgetFailures(q, provider),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
    countRefusedProbe: async (provider, last, entry) => {
      const counted = and(eq(outages.provider, provider), isNull(outages.believedAt), eq(outages.kind, 'refusals'))
      await db.q
        .update(outages)
        .set({ refusedProbes: sql`${outages.refusedProbes} + 1` })
        .where(counted)
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(outages)
            .set({ believedAt: entry.at })
            .where(and(counted, gte(outages.refusedProbes, last)))
            .returning({ provider: outages.provider }),
        then: (q) => [
          endHistory(db, q, provider, 'believed', entry.at),
          forgetFailures(q, provider),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
    listHistory: (limit) =>
      db.q.select().from(outageHistory).orderBy(desc(outageHistory.since), desc(outageHistory.id)).limit(limit),
    stopBelieving: async (provider) => {
      const believed = and(eq(outages.provider, provider), isNotNull(outages.believedAt))
      const [row] = await db.q.select({ provider: outages.provider }).from(outages).where(believed)
      if (row) await db.q.delete(outages).where(believed)
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
