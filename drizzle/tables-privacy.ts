import type { TenantId } from '../lib/domain/accounts/tenant.ts'
import type { ListId } from '../lib/domain/sync/list.ts'
import type { Columns } from './sqlite-columns.ts'
import type { accountTables } from './tables-accounts.ts'

/** What was erased at the wish of a person, so that it stays erased: nothing that tells who it was. */
export const privacyTables = (c: Columns, { tenants }: ReturnType<typeof accountTables>) => {
  const tenantId = () => c.text<TenantId>().references(() => tenants.id, { onDelete: 'cascade' })
  /** The key of a tenant's hashes below, made with the first one. */
  const erasureKeys = c.table('erasure_keys', {
    tenantId: tenantId().primaryKey(),
    sealedKey: c.text().notNull(),
    createdAt: c.instant().notNull(),
  })
  /** Records that are never stored again. They outlive the copy: its purge, a disconnection, another account. */
  const erasedIds = c.table(
    'erased_ids',
    {
      id: c.text().primaryKey(),
      tenantId: tenantId().notNull(),
      kind: c.text<ListId>().notNull(),
      /** HMAC-SHA-256 of what the provider calls the record. */
      idHash: c.text().notNull(),
      erasedAt: c.instant().notNull(),
      erasedBy: c.text().notNull(),
      /** When the provider last had it; null while it is taken to be gone there too. A count there holds those that are not. */
      metAt: c.instant(),
    },
    (t) => [c.uniqueIndex('erased_ids_record').on(t.tenantId, t.kind, t.idHash)],
  )
  return { erasureKeys, erasedIds }
}
