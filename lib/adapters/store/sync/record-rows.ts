import { and, asc, count, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { SyncStore } from '#lib/ports/sync.ts'
import type { Database } from '../engine/database.ts'

type Methods = Pick<SyncStore, 'known' | 'bodies' | 'listBehind' | 'listMissing' | 'listAny' | 'count'>

/** Reads of copied records; whose they are stands in each `where`. */
export const recordRows = ({ tables, q, among }: Database): Methods => {
  const ofTenant = (list: ListId, tenantId: TenantId) => eq(tables[list].tenantId, tenantId)
  /** Those that the provider should have. */
  const expected = (list: ListId, tenantId: TenantId) => {
    const { deletedAt, keptAt } = tables[list]
    return and(ofTenant(list, tenantId), isNull(deletedAt), isNull(keptAt))
  }
  const missing = (list: ListId, tenantId: TenantId) => {
    const { missingAt, keptAt } = tables[list]
    return and(ofTenant(list, tenantId), isNotNull(missingAt), isNull(keptAt))
  }
  return {
    known: async (tenantId, list, ids) => {
      if (ids.length === 0) return []
      const { providerId, digest, updatedAt, deletedAt, missingAt, keptAt } = tables[list]
      const rows = await q
        .select({ id: providerId, digest, updatedAt, deletedAt, missingAt, keptAt })
        .from(tables[list])
        .where(and(ofTenant(list, tenantId), among(providerId, ids)))
      return rows.map(({ id, digest, updatedAt, deletedAt, missingAt, keptAt }) => ({
        ...{ id, digest, updatedAt },
        deleted: deletedAt !== null,
        missing: missingAt !== null || keptAt !== null,
      }))
    },
    bodies: async (tenantId, list, ids) => {
      const { providerId, body } = tables[list]
      const rows = await q
        .select({ id: providerId, body })
        .from(tables[list])
        .where(and(ofTenant(list, tenantId), among(providerId, ids)))
      return rows.flatMap((row) => (row.body === null ? [] : [{ id: row.id, body: row.body }]))
    },
    listBehind: (tenantId, list, after, limit) => {
      const { n, providerId } = tables[list]
      return q
        .select({ n, id: providerId })
        .from(tables[list])
        .where(and(expected(list, tenantId), gt(n, after)))
        .orderBy(asc(n))
        .limit(limit)
    },
    listMissing: (tenantId, list, limit) => {
      const { n, providerId, name } = tables[list]
      return q
        .select({ n, id: providerId, name })
        .from(tables[list])
        .where(missing(list, tenantId))
        .orderBy(asc(n))
        .limit(limit)
    },
    listAny: async (tenantId, list, limit) => {
      const { n } = tables[list]
      const rows = await q.select({ n }).from(tables[list]).where(ofTenant(list, tenantId)).limit(limit)
      return rows.map((row) => row.n)
    },
    count: async (tenantId, list) => {
      const [living] = await q.select({ all: count() }).from(tables[list]).where(expected(list, tenantId))
      const [suspects] = await q
        .select({ all: sql<number>`count(*)`.mapWith(Number) })
        .from(tables[list])
        .where(missing(list, tenantId))
      return { living: living?.all ?? 0, missing: suspects?.all ?? 0 }
    },
  }
}
