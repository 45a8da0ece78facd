import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ApiKey, NamedTenant } from '#lib/domain/api-keys/api-key.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'

export interface ApiKeyStore {
  add(key: ApiKey, entry: JournalEntry): Promise<void>
  /**
   * One read by the indexed prefix; each request asks again, so that a revocation takes effect at once.
   *
   * @returns with the key, the tenant a request names; without a name, the key's own
   */
  findByPrefix(prefix: string, named: NamedTenant | null): Promise<{ key: ApiKey; tenantId: TenantId | null } | null>
  /** Newest first. */
  list(): Promise<ApiKey[]>
  /** Those of a tenant, or of the platform (null); newest first. */
  listOf(tenantId: TenantId | null): Promise<ApiKey[]>
  /** Those that end within `ms`, and are neither revoked nor over; the first to end first. */
  listEnding(ms: number, now: Date): Promise<ApiKey[]>
  /** @returns false when the tenant, or the platform (null), has no key with this prefix that is not revoked yet. */
  revoke(prefix: string, tenantId: TenantId | null, entry: JournalEntry): Promise<boolean>
  touch(prefix: string, now: Date): Promise<void>
}
