import type { JournalEntry } from '../domain/journal-entry.ts'
import type { ListedUser, SeenUser, UserChange, UserState } from '../domain/listed-user.ts'
import type { NewLink } from '../domain/one-time-link.ts'
import type { TenantId } from '../domain/tenant.ts'

/** Who does something to whom; it happens only while `by` is an active admin of the tenant, and the user one of its own. */
export interface AdminDeed {
  tenantId: TenantId
  userId: string
  by: string
}

export interface PeopleStore {
  /** The users of a tenant, by name. */
  list(tenantId: TenantId): Promise<ListedUser[]>
  find(tenantId: TenantId, userId: string): Promise<ListedUser | null>
  /**
   * Changes a user who still is as seen, unless no active admin would be left; ends their sessions and kills their links.
   * @returns false when nothing was changed.
   */
  change(deed: AdminDeed & { seen: SeenUser; change: UserChange }, entry: JournalEntry): Promise<boolean>
  /** Stores a link for a user in this state, in place of the older one of its kind. @returns false when nothing was stored. */
  renewLink(deed: AdminDeed & { state: UserState; link: NewLink }, entry: JournalEntry): Promise<boolean>
}
