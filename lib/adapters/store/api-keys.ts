import { randomUUID } from 'node:crypto'
import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { ApiKey, NamedTenant } from '#lib/domain/api-key.ts'
import type { TenantId } from '#lib/domain/tenant.ts'
import type { ApiKeyStore } from '#lib/ports/api-key-store.ts'
import type { Database } from './database.ts'
import { writeEntry } from './journal.ts'

export const apiKeyStore = (db: Database): ApiKeyStore => {
  const { apiKeys, tenants } = db.tables

  const keyOf = ({ id, ...row }: typeof apiKeys.$inferSelect): ApiKey => ({
    ...row,
    tenantId: row.tenantId as TenantId | null,
  })

  // prepared once: this read stands before every answer of the API
  const prepare = (isNamed: SQL) =>
    db.q
      .select({ key: apiKeys, tenantId: tenants.id })
      .from(apiKeys)
      .leftJoin(tenants, isNamed)
      .where(eq(apiKeys.prefix, sql.placeholder('prefix')))
      .prepare()
  const reads = {
    own: prepare(eq(tenants.id, apiKeys.tenantId)),
    id: prepare(eq(tenants.id, sql.placeholder('tenant'))),
    ref: prepare(eq(tenants.ref, sql.placeholder('tenant'))),
  }

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
      return row ? { key: keyOf(row.key), tenantId: row.tenantId as TenantId | null } : null
    },
    list: async () => {
      const rows = await db.q.select().from(apiKeys).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
      return rows.map(keyOf)
    },
    revoke: async (prefix, entry) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(apiKeys)
            .set({ revokedAt: entry.at })
            .where(and(eq(apiKeys.prefix, prefix), isNull(apiKeys.revokedAt)))
            .returning({ id: apiKeys.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return won !== null
    },
    noteUse: async (prefix, now) => {
      await db.q.update(apiKeys).set({ usedAt: now }).where(eq(apiKeys.prefix, prefix))
    },
  }
}
