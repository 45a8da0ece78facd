import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { type ListId, listIds } from '#lib/domain/sync/list.ts'
import type { FeedStore } from '#lib/ports/sync/feed.ts'
import type { Database } from '../engine/database.ts'

interface Tombstone {
  n: number
  tenantId: TenantId
  change: number
}

/** Tombstones whose time is over: how far they are gone is noted with their deletion, so that no cursor skips one. */
export const tombstoneRows = (db: Database): Pick<FeedStore, 'forgetTombstones'> => {
  const { tables, q } = db
  const { syncStates } = tables

  const forget = async (list: ListId, tenantId: TenantId, tombstones: readonly Tombstone[], before: Date) => {
    const table = tables[list]
    const ns = tombstones.map(({ n }) => n)
    const last = Math.max(...tombstones.map(({ change }) => change))
    const { forgottenChange } = syncStates
    await db.atomically({
      guard: (tx) =>
        tx
          .update(syncStates)
          .set({
            forgottenChange: sql`case when ${forgottenChange} < ${last} then ${last} else ${forgottenChange} end`,
          })
          .where(and(eq(syncStates.tenantId, tenantId), eq(syncStates.list, list)))
          .returning({ id: syncStates.id }),
      then: (tx) => [
        tx.delete(table).where(and(eq(table.tenantId, tenantId), inArray(table.n, ns), lt(table.deletedAt, before))),
      ],
    })
  }

  return {
    forgetTombstones: async (before, limit) => {
      let more = false
      for (const list of listIds) {
        const { n, tenantId, change, deletedAt } = tables[list]
        const rows = await q
          .select({ n, tenantId, change })
          .from(tables[list])
          .where(lt(deletedAt, before))
          .orderBy(asc(deletedAt))
          .limit(limit)
        for (const of of new Set(rows.map((row) => row.tenantId))) {
          const tombstones = rows.filter((row) => row.tenantId === of)
          await forget(list, of, tombstones, before)
        }
        more ||= rows.length === limit
      }
      return more
    },
  }
}
