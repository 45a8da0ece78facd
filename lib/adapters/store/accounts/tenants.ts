import { eq, sql } from 'drizzle-orm'
import { sortNameOf } from '#lib/domain/support/search-words.ts'
import type { AccountStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'
import { writeFirstConnection, writeSearchWords } from '../support/search-words.ts'

type Tenants = Pick<AccountStore, 'addTenant' | 'findTenant' | 'findTenantByRef'>

export const tenantRows = (db: Database): Tenants => {
  const { tenants } = db.tables
  const find = async (where: ReturnType<typeof eq>) => {
    const columns = { id: tenants.id, name: tenants.name, ref: tenants.ref, archivedAt: tenants.archivedAt }
    const [row] = await db.q.select(columns).from(tenants).where(where)
    return row ?? null
  }
  return {
    addTenant: async (tenant, entry) => {
      const sortName = sortNameOf(tenant.name)
      const added = await db.atomically({
        guard: (q) =>
          q
            .insert(tenants)
            .values({ ...tenant, sortName, createdAt: entry.at })
            .onConflictDoNothing()
            .returning({ id: tenants.id }),
        then: (q) => [
          writeFirstConnection(db, q, { tenantId: tenant.id, sortName, at: entry.at }),
          ...writeSearchWords(db, q, tenant.id, [tenant.name, tenant.ref]),
          writeEntry(db, q, entry),
        ],
      })
      return added !== null
    },
    // a bare string is asked for: what is found is thereby proven
    findTenant: (id) => find(eq(tenants.id, sql.param(id))),
    findTenantByRef: (ref) => find(eq(tenants.ref, ref)),
  }
}
