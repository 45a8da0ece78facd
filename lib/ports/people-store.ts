import type { JournalEntry } from '../domain/journal-entry.ts'
import type { ListedUser, SeenUser, UserChange, UserState } from '../domain/listed-user.ts'
import type { NewLink } from '../domain/one-time-link.ts'
import type { TenantId } from '../domain/tenant.ts'
import type { NewUser } from './account-store.ts'

/** Who does something to whom; it happens only while `by` is an active admin of the tenant, and the user one of its own. */
export interface AdminDeed {
  tenantId: TenantId
  userId: string
  by: string
}

/** What came of inviting the first admin. */
export type FirstInvitation = 'invited' | 'had_admin' | 'email_taken'

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
  /** Whether an admin of the tenant ever came in, deactivated or not. */
  hadAdmin(tenantId: TenantId): Promise<boolean>
  /**
   * Invites an admin while none ever came in, in place of any who was invited before: the same address again gets the
   * newer link, and every other link of the tenant is dead.
   */
  inviteFirstAdmin(
    user: NewUser & { tenantId: TenantId },
    make: (userId: string) => { link: NewLink; entry: JournalEntry },
  ): Promise<FirstInvitation>
}
