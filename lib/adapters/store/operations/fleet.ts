import { and, asc, count, eq, isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { providerIds } from '#lib/domain/connections/provider.ts'
import type { FleetStore } from '#lib/ports/operations.ts'
import { inLists } from '../connections/in-lists.ts'
import type { Database } from '../engine/database.ts'

export const fleetStore = (db: Database): FleetStore => {
  const { q, tables, time } = db
  const { connections, outages, tokenSets, syncStates, webhookHints, deliveries } = tables

  /** Milliseconds since the earliest point in time of a column: the first entry of an index. */
  const sinceFirst = async (table: SQLiteTable, at: AnySQLiteColumn, where: SQL | undefined, now: Date) => {
    const [row] = await q
      .select({ leftMs: time.until(at, now.getTime()) })
      .from(table)
      .where(and(where, isNotNull(at)))
      .orderBy(asc(at))
      .limit(1)
    return row ? Math.max(-row.leftMs, 0) : null
  }

  return {
    findClockAhead: async (now) => {
      if (time.ahead === null) return null
      const [row] = await q.select({ rows: count(), aheadMs: time.ahead(now) }).from(outages)
      return row?.aheadMs ?? null
    },
    measure: async (lists, now) => {
      const counted = await q
        .select({ provider: connections.provider, state: connections.state, count: count() })
        .from(connections)
        .where(inLists(db))
        .groupBy(connections.provider, connections.state)
      const open = await q.select({ provider: outages.provider }).from(outages).where(isNull(outages.believedAt))
      const overdue = async (table: SQLiteTable, at: AnySQLiteColumn, where?: SQL) =>
        (await sinceFirst(table, at, where, now)) ?? 0
      const refreshes = []
      for (const provider of providerIds)
        refreshes.push(await overdue(tokenSets, tokenSets.refreshDueAt, eq(tokenSets.provider, provider)))
      const copies = []
      for (const list of lists) {
        // a copy that is stopped, or whose connection waits, is nobody's delay
        const kept = and(eq(syncStates.list, list), isNotNull(syncStates.dueAt))
        const lagMs = await sinceFirst(syncStates, syncStates.completeAt, kept, now)
        copies.push({ list, lagMs, proofAgeMs: await sinceFirst(syncStates, syncStates.provenAt, kept, now) })
      }
      return {
        connections: counted,
        openBreakers: open.map(({ provider }) => provider),
        queueDelaysMs: {
          refresh: Math.max(...refreshes),
          sync: await overdue(syncStates, syncStates.dueAt),
          hint: await overdue(webhookHints, webhookHints.dueAt),
          delivery: await overdue(deliveries, deliveries.dueAt),
        },
        lists: copies,
      }
    },
  }
}
