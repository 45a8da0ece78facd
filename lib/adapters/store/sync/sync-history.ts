import { and, asc, count, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { Oddity, OddRecord } from '#lib/domain/sync/sync-run.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { SyncStore } from '#lib/ports/sync.ts'
import type { Database } from '../engine/database.ts'

/** Runs that are over, and records that stand apart. */
export const historyRows = (db: Database): Pick<SyncStore, 'history' | 'odd'> => {
  const { tables, q } = db
  const { syncRuns, users } = tables

  /** As the index has them. */
  const standsApart = (list: ListId, tenantId: TenantId) => {
    const { deletedAt, keptAt, name, updatedAt } = tables[list]
    const undated = syncedLists[list].reading === 'moving' ? [isNull(updatedAt)] : []
    return and(
      eq(tables[list].tenantId, tenantId),
      isNull(deletedAt),
      // a parameter would not be taken for what the index says
      or(sql`${name} = ''`, isNotNull(keptAt), ...undated),
    )
  }
  const oddityOf = ({ keptAt, name }: { keptAt: Date | null; name: string }): Oddity =>
    keptAt ? 'kept' : name === '' ? 'nameless' : 'undated'

  const oddOf = async (list: ListId, tenantId: TenantId, limit: number) => {
    const { n, providerId, name, keptAt } = tables[list]
    const where = standsApart(list, tenantId)
    const rows = await q
      .select({ id: providerId, name, keptAt })
      .from(tables[list])
      .where(where)
      .orderBy(asc(n))
      .limit(limit)
    const [all] = rows.length < limit ? [] : await q.select({ n: count() }).from(tables[list]).where(where)
    const records = rows.map((row): OddRecord => ({ list, id: row.id, name: row.name, oddity: oddityOf(row) }))
    return { records, count: all?.n ?? rows.length }
  }

  return {
    history: async (tenantId, limit) => {
      const rows = await q
        .select({ run: syncRuns, by: users.name })
        .from(syncRuns)
        .leftJoin(users, eq(users.id, syncRuns.requestedBy))
        .where(eq(syncRuns.tenantId, tenantId))
        .orderBy(desc(syncRuns.finishedAt), desc(syncRuns.id))
        .limit(limit)
      return rows.map(({ run: { id, list, kind, startedAt, finishedAt, outcome, tally }, by }) => ({
        ...{ id, list, kind, by, startedAt, finishedAt, outcome, tally },
      }))
    },
    odd: async (tenantId, lists, limit) => {
      const found = await Promise.all(lists.map((list) => oddOf(list, tenantId, limit)))
      return {
        records: found.flatMap(({ records }) => records),
        count: found.reduce((sum, { count }) => sum + count, 0),
      }
    },
  }
}
