import { asc, eq } from 'drizzle-orm'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { TenantId } from '#lib/domain/tenant.ts'
import type { AccountStore } from '#lib/ports/account-store.ts'
import type { Database } from './database.ts'
import { writeEntry } from './journal.ts'

type Tenants = Pick<AccountStore, 'addTenant' | 'findTenant' | 'listTenants'>

export const tenantRows = (db: Database): Tenants => {
  const { tenants, connections } = db.tables
  return {
    addTenant: async (tenant, entry) => {
      const added = await db.atomically({
        guard: (q) =>
          q
            .insert(tenants)
            .values({ ...tenant, createdAt: entry.at })
            .onConflictDoNothing()
            .returning({ id: tenants.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return added !== null
    },
    findTenant: async (id) => {
      const columns = { id: tenants.id, name: tenants.name, ref: tenants.ref }
      const [row] = await db.q.select(columns).from(tenants).where(eq(tenants.id, id))
      return row ? { ...row, id: row.id as TenantId } : null
    },
    listTenants: async () => {
      const rows = await db.q
        .select({ tenant: tenants, connection: connections })
        .from(tenants)
        .leftJoin(connections, eq(connections.tenantId, tenants.id))
        .orderBy(asc(tenants.name), asc(tenants.id))
      return rows.map(({ tenant, connection }) => ({
        id: tenant.id as TenantId,
        name: tenant.name,
        ref: tenant.ref,
        state: connection?.state ?? 'unconfigured',
        reason: (connection?.reason ?? null) as FailureCode | null,
        enabled: connection?.enabled ?? true,
        since: connection?.since ?? tenant.createdAt,
        lastSuccessAt: connection?.lastSuccessAt ?? null,
      }))
    },
  }
}
