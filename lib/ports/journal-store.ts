import type { JournalEntry } from '../domain/journal-entry.ts'
import type { JournalFilter, JournalLine, JournalPlace } from '../domain/journal-view.ts'
import type { TenantId } from '../domain/tenant.ts'

export type RecentEntry = Pick<JournalEntry, 'at' | 'event' | 'outcome' | 'detail'> & { id: string }

export interface JournalStore {
  append(entry: JournalEntry): Promise<void>
  /** The newest entries of a connection, newest first. */
  recent(tenantId: TenantId, connectionId: string, limit: number): Promise<RecentEntry[]>
  /** What a tenant's filter shows, newest first, behind `after`. */
  list(tenantId: TenantId, filter: JournalFilter, after: JournalPlace | null, limit: number): Promise<JournalLine[]>
  count(tenantId: TenantId, filter: JournalFilter): Promise<number>
}
