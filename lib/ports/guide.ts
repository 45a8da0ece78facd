import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { GuideMark } from '#lib/domain/guide/guide.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'

/** Which steps of the guide a tenant has behind it. */
export interface GuideStore {
  marks(tenantId: TenantId): Promise<GuideMark[]>
  /** Keeps a step as done, or its newer choice. @returns false, with nothing written, when that is so already. */
  mark(tenantId: TenantId, mark: GuideMark, entry: JournalEntry): Promise<boolean>
}
