import type { ListedUser, SeenUser, UserChange, UserState } from '#lib/domain/accounts/listed-user.ts'
import type { OidcBinding, OidcIdentity } from '#lib/domain/accounts/oidc-identity.ts'
import type { LinkKind, NewLink, PersonalLink, SpentLink } from '#lib/domain/accounts/one-time-link.ts'
import type { FoundSession, ListedSession, StoredSession } from '#lib/domain/accounts/session.ts'
import type { Tenant, TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Locale, Role, User } from '#lib/domain/accounts/user.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'

export interface NewUser {
  id: string
  tenantId: TenantId | null
  role: Role
  email: string
  name: string
  locale: Locale
  passwordHash: string | null
}

/** Whom a live link is for; null user for a first run. */
export interface LinkHolder {
  kind: LinkKind
  user: {
    id: string
    role: Role
    email: string
    name: string
    locale: Locale
    tenantId: TenantId | null
    tenantName: string | null
  } | null
}

export interface OidcUser {
  user: User
  disabled: boolean
  /** Null until the first sign-in through the company's provider. */
  binding: OidcBinding | null
}

export interface AccountStore {
  /** With its first connection, untouched, and what it is found by. @returns false when the reference is taken. */
  addTenant(tenant: Tenant, entry: JournalEntry): Promise<boolean>
  findTenant(id: string): Promise<Tenant | null>
  findTenantByRef(ref: string): Promise<Tenant | null>
  /** The user, and the link that invites them if any. @returns false when the e-mail address is taken. */
  addUser(user: NewUser, entry: JournalEntry, link?: NewLink): Promise<boolean>
  /** An active or disabled user by folded address, with the hash to verify. */
  findSignIn(email: string): Promise<{ user: User; passwordHash: string | null; disabled: boolean } | null>
  /** Ends an active user's access: their sessions and links with it. @returns false when there is none by this address. */
  disableUser(email: string, entry: JournalEntry): Promise<boolean>
  /** Lets whoever is bound to somebody at the company's provider be bound anew. @returns false when nobody is. */
  unbindOidc(email: string, entry: JournalEntry): Promise<boolean>
  countSupport(): Promise<number>
  /** Whether an active user of support has signed in through the company. */
  hasCompanySupport(): Promise<boolean>
  setLocale(userId: string, locale: Locale): Promise<void>
  /**
   * Opens a session while the user is active and the verified hash is still theirs, puts `newHash` in its place where there
   * is one, and gives one attempt back to each throttle bucket of `forgiven`. @returns false when the user was disabled or the password changed meanwhile.
   */
  openSession(
    session: StoredSession,
    on: { verifiedHash: string; newHash: string | null; forgiven: readonly string[]; now: Date },
    entry: JournalEntry,
  ): Promise<boolean>
  /** The user bound to this identity, else the user of its verified address, active or disabled. */
  findOidcUser(identity: OidcIdentity): Promise<OidcUser | null>
  /**
   * Opens a session while the user is active and bound to this identity; with `binds`, while bound to none, and binds
   * them. @returns false when that changed meanwhile.
   */
  openOidcSession(
    session: StoredSession,
    on: { identity: OidcBinding; binds: boolean; forgiven: readonly string[]; now: Date },
    entry: JournalEntry,
  ): Promise<boolean>
  /** Stores a link in place of the older one of its kind and user. */
  addLink(link: NewLink, entry: JournalEntry | null): Promise<void>
  findLink(tokenHash: string, kind: LinkKind, now: Date): Promise<LinkHolder | null>
  /** Why a link is not live, while its row is there; null for one that a newer one replaced, or that never was. */
  findSpent(tokenHash: string, kind: LinkKind, now: Date): Promise<SpentLink | null>
  /**
   * Uses an invitation or a password link up: one compare-and-swap on hash, kind, expiry, unused, user not disabled; then
   * sets the password, kills the user's other links, ends their sessions and opens this one; without password and session
   * only the name is set. @returns false when not live.
   */
  useLink(
    use: {
      tokenHash: string
      kind: PersonalLink
      userId: string
      passwordHash: string | null
      name: string
      session: StoredSession | null
      now: Date
    },
    entries: readonly JournalEntry[],
  ): Promise<boolean>
  /** Uses a first-run link up, while no support user exists and the address is free; creates `user` and their session. */
  useFirstRun(
    use: { tokenHash: string; user: NewUser; session: StoredSession; now: Date },
    entries: readonly JournalEntry[],
  ): Promise<boolean>
}

/** What the return of a sign-in at the company's provider must fit: made for it, used once. */
export interface OidcChecks {
  state: string
  nonce: string
  /** Of PKCE. */
  verifier: string
  /** Whether the person is to prove anew who they are. */
  fresh: boolean
}

/** The company's OpenID provider. Both steps throw `oidc_unavailable`, `oidc_misconfigured`; the second also `oidc_refused`, `oidc_interrupted`. */
export interface OidcProvider {
  /** @returns where the browser goes. */
  begin(fresh: boolean): Promise<{ url: string; checks: OidcChecks }>
  /** @param query of the address that the browser came back to @returns the verified claims. */
  finish(query: string, checks: OidcChecks): Promise<Record<string, unknown>>
  /** What is wrong with it, as far as its configuration tells. */
  examine(): Promise<FailureCode | null>
}

/** When a session is live: not over, and seen after that. */
export interface LiveAt {
  now: Date
  seenAfter: Date
}

export interface SessionStore {
  /** A live session of an active user, by the hash of what the browser holds. */
  find(id: string, at: LiveAt): Promise<FoundSession | null>
  /** Notes that it was seen. */
  touch(id: string, now: Date): Promise<void>
  /** Notes that its user proved who they are; with `factor`, by the second factor. */
  confirm(id: string, now: Date, factor: boolean): Promise<void>
  end(id: string, entry: JournalEntry): Promise<void>
  /** The live sessions of a user, the last seen first. */
  list(userId: string, at: LiveAt): Promise<ListedSession[]>
  /** Ends one session of a user, or all but one. */
  close(userId: string, which: { only: string } | { allBut: string }, entry: JournalEntry): Promise<void>
}

/** What somebody sees of their own account, beside what every page knows of them. */
export interface Profile {
  hasPassword: boolean
  passwordChangedAt: Date | null
  /** Bound to somebody at the company's provider. */
  company: boolean
  /** A new address that waits for being confirmed. */
  newEmail: { email: string; until: Date } | null
}

export interface ProfileStore {
  read(userId: string, now: Date): Promise<Profile>
  /** The hash to verify of an active user; null where there is none. */
  findPasswordHash(userId: string): Promise<string | null>
  save(
    userId: string,
    profile: { name: string; locale: Locale; timeZone: string | null },
    entry: JournalEntry,
  ): Promise<void>
  /**
   * While the verified hash is still theirs: sets the new one, ends every session but one, and kills the user's links.
   * @returns false when it was not.
   */
  changePassword(
    change: { userId: string; verifiedHash: string; newHash: string; keeps: string; now: Date },
    entry: JournalEntry,
  ): Promise<boolean>
  /** Gives a new address that waits up. */
  withdrawEmail(userId: string): Promise<void>
  /** Whose new address a live link confirms. */
  findEmailLink(tokenHash: string, now: Date): Promise<{ user: User; newEmail: string } | null>
  /**
   * Uses the link up while its user is active and nobody else has the address; kills the user's other links.
   * @returns false when nothing was changed.
   */
  changeEmail(
    change: { tokenHash: string; user: User; newEmail: string; now: Date },
    entry: JournalEntry,
  ): Promise<boolean>
}

/** Who does something to whom; it happens only while `by` is an active admin of the tenant, and the user one of its own. */
export interface AdminAction {
  tenantId: TenantId
  userId: string
  by: string
}

/** What came of inviting the first admin. */
export type FirstInvitation = 'invited' | 'had_admin' | 'email_taken'

export interface TenantUserStore {
  /** The users of a tenant, by name. */
  list(tenantId: TenantId): Promise<ListedUser[]>
  find(tenantId: TenantId, userId: string): Promise<ListedUser | null>
  /**
   * Changes a user who still is as seen, unless no active admin would be left; ends their sessions and kills their links.
   * @returns false when nothing was changed.
   */
  change(action: AdminAction & { seen: SeenUser; change: UserChange }, entry: JournalEntry): Promise<boolean>
  /** Stores a link for a user in this state, in place of the older one of its kind. @returns false when nothing was stored. */
  replaceLink(action: AdminAction & { state: UserState; link: NewLink }, entry: JournalEntry): Promise<boolean>
  /** Takes the address of a deactivated user away, and whom they are bound to. @returns false when nothing was changed. */
  releaseEmail(tenantId: TenantId, userId: string, entry: JournalEntry): Promise<boolean>
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
