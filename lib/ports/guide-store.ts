import type { GuideMark } from '../domain/guide.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { TenantId } from '../domain/tenant.ts'

/** Which steps of the guide a tenant has behind it. */
export interface GuideStore {
  marks(tenantId: TenantId): Promise<GuideMark[]>
  /** Keeps a step as done, or its newer choice. @returns false, with nothing written, when that is so already. */
  mark(tenantId: TenantId, mark: GuideMark, entry: JournalEntry): Promise<boolean>
}
