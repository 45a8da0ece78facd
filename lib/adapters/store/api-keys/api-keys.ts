import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, gt, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { NamedTenant } from '#lib/domain/api-keys/api-key.ts'
import type { ApiKeyStore } from '#lib/ports/api-keys.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'

export const apiKeyColumns = ({ tables: { apiKeys } }: Database) => ({
  prefix: apiKeys.prefix,
  secretHash: apiKeys.secretHash,
  tenantId: apiKeys.tenantId,
  name: apiKeys.name,
  scopes: apiKeys.scopes,
  createdAt: apiKeys.createdAt,
  usedAt: apiKeys.usedAt,
  expiresAt: apiKeys.expiresAt,
  revokedAt: apiKeys.revokedAt,
})

export const apiKeyStore = (db: Database): ApiKeyStore => {
  const { apiKeys, tenants } = db.tables
  const columns = apiKeyColumns(db)

  // prepared once and flat: this read stands before every answer of the API
  const where = eq(apiKeys.prefix, sql.placeholder('prefix'))
  const tenant = sql.placeholder('tenant')
  const prepare = (named: SQL) =>
    db.q
      .select({ ...columns, named: tenants.id })
      .from(apiKeys)
      .leftJoin(tenants, and(named, isNull(tenants.archivedAt)))
      .where(where)
      .prepare()
  const reads = {
    id: prepare(eq(tenants.id, tenant)),
    ref: prepare(eq(tenants.ref, tenant)),
    own: prepare(eq(tenants.id, apiKeys.tenantId)),
  }

  const ownedBy = (tenantId: TenantId | null) =>
    tenantId === null ? isNull(apiKeys.tenantId) : eq(apiKeys.tenantId, tenantId)

  return {
    add: async (key, entry) => {
      await db.atomically({
        guard: (q) =>
          q
            .insert(apiKeys)
            .values({ id: randomUUID(), ...key })
            .returning({ id: apiKeys.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
    },
    findByPrefix: async (prefix: string, named: NamedTenant | null) => {
      const [row] = await reads[named?.by ?? 'own'].execute({ prefix, tenant: named?.value })
      return row ? { key: row, tenantId: row.named } : null
    },
    list: () => db.q.select(columns).from(apiKeys).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)),
    listOf: (tenantId) =>
      db.q.select(columns).from(apiKeys).where(ownedBy(tenantId)).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)),
    listEnding: (ms, now) =>
      db.q
        .select(columns)
        .from(apiKeys)
        .where(
          and(
            isNull(apiKeys.revokedAt),
            gt(apiKeys.expiresAt, now),
            lte(apiKeys.expiresAt, new Date(now.getTime() + ms)),
          ),
        )
        .orderBy(asc(apiKeys.expiresAt)),
    revoke: async (prefix, tenantId, entry) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(apiKeys)
            .set({ revokedAt: entry.at })
            .where(and(eq(apiKeys.prefix, prefix), ownedBy(tenantId), isNull(apiKeys.revokedAt)))
            .returning({ id: apiKeys.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return won !== null
    },
    touch: async (prefix, now) => {
      // of two processes, the one that writes last may have seen the older use
      const isNewer = or(isNull(apiKeys.usedAt), lt(apiKeys.usedAt, now))
      await db.q
        .update(apiKeys)
        .set({ usedAt: now })
        .where(and(eq(apiKeys.prefix, prefix), isNewer))
    },
  }
}
