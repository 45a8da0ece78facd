import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { JournalFilter, JournalLine, JournalPlace, JournalScope } from '#lib/domain/journal/journal-view.ts'

export type RecentEntry = Pick<JournalEntry, 'at' | 'event' | 'outcome' | 'detail'> & { id: string }

export interface JournalStore {
  append(entry: JournalEntry): Promise<void>
  /** The newest entries of a connection, newest first. */
  recent(tenantId: TenantId, connectionId: string, limit: number): Promise<RecentEntry[]>
  /** What a filter shows, newest first, behind `after`. */
  list(scope: JournalScope, filter: JournalFilter, after: JournalPlace | null, limit: number): Promise<JournalLine[]>
  count(scope: JournalScope, filter: JournalFilter): Promise<number>
  /** When the entry happened that lies `entries` behind a place, or behind the newest; null when there are fewer. */
  instantBehind(
    scope: JournalScope,
    until: Date | null,
    after: JournalPlace | null,
    entries: number,
  ): Promise<Date | null>
  /** Who can be looked for in it, by name: a tenant's people, or those of support; no address. */
  people(scope: JournalScope): Promise<{ id: string; name: string }[]>
}

/** What is kept for a while only. */
export type SavedSettings =
  | 'journal'
  | 'sessions'
  | 'throttle'
  | 'rate_budgets'
  | 'links'
  | 'invitations'
  | 'authorizations'
  | 'outages'

export interface RetentionStore {
  /**
   * Deletes what ended before an instant, the oldest first, a bounded number at a time so that nobody waits for it. The
   * newest authorization of a connection stays, whatever its age: its page tells of it.
   *
   * @returns how many were deleted
   */
  forget(what: SavedSettings, before: Date, limit: number): Promise<number>
}
