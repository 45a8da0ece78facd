import type { JournalEntry } from '../domain/journal-entry.ts'
import type { Tenant, TenantId } from '../domain/tenant.ts'
import type { Locale, Role, User } from '../domain/user.ts'

export type LinkKind = 'invitation' | 'password' | 'first_run'

export interface NewUser {
  id: string
  tenantId: TenantId | null
  role: Role
  email: string
  name: string
  locale: Locale
  passwordHash: string | null
}

export interface NewLink {
  id: string
  kind: LinkKind
  tokenHash: string
  userId: string | null
  expiresAt: Date
}

/** Whom a live link is for; null user for a first run. */
export interface LinkHolder {
  linkId: string
  kind: LinkKind
  user: { id: string; email: string; name: string; tenantName: string | null } | null
}

export interface AccountStore {
  /** @returns false when the reference is taken. */
  addTenant(tenant: Tenant, entry: JournalEntry): Promise<boolean>
  findTenant(id: string): Promise<Tenant | null>
  listTenants(): Promise<Tenant[]>
  /** @returns false when the e-mail address is taken. */
  addUser(user: NewUser, entry: JournalEntry): Promise<boolean>
  /** An active or disabled user by folded address, with the hash to verify. */
  findSignIn(email: string): Promise<{ user: User; passwordHash: string | null; disabled: boolean } | null>
  countSupport(): Promise<number>
  setLocale(userId: string, locale: Locale): Promise<void>
  openSession(session: { id: string; userId: string; expiresAt: Date }, entry: JournalEntry): Promise<void>
  /** The active user of a live session. */
  findSession(id: string, now: Date): Promise<User | null>
  endSession(id: string, entry: JournalEntry): Promise<void>
  /** Stores a link and kills older ones of its kind and user. */
  addLink(link: NewLink, entry: JournalEntry): Promise<void>
  findLink(tokenHash: string, kind: LinkKind, now: Date): Promise<LinkHolder | null>
  /**
   * Uses an invitation or a password link up: one compare-and-swap on hash, kind, expiry, unused, user not disabled; then
   * sets the password and ends the user's sessions. @returns the user's id, null when the link was not live.
   */
  useLink(
    use: { tokenHash: string; kind: 'invitation' | 'password'; passwordHash: string; name: string | null; now: Date },
    entry: (userId: string) => JournalEntry,
  ): Promise<string | null>
  /** Uses a first-run link up, on condition that no support user exists, and creates `user`. */
  useFirstRun(use: { tokenHash: string; user: NewUser; now: Date }, entry: JournalEntry): Promise<boolean>
}
