import type { Invitee, NewInvitation } from '#lib/domain/accounts/invitation.ts'
import type { ListedUser, SeenUser, UserChange } from '#lib/domain/accounts/listed-user.ts'
import type { OidcBinding, OidcIdentity } from '#lib/domain/accounts/oidc-identity.ts'
import type { LinkKind, NewLink, SpentLink } from '#lib/domain/accounts/one-time-link.ts'
import type { FoundSession, ListedSession, StoredSession } from '#lib/domain/accounts/session.ts'
import type { StoredTenant, Tenant, TenantId } from '#lib/domain/accounts/tenant.ts'
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
  findTenant(id: string): Promise<StoredTenant | null>
  findTenantByRef(ref: string): Promise<StoredTenant | null>
  /** @returns false when the e-mail address is taken. */
  addUser(user: NewUser, entry: JournalEntry): Promise<boolean>
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
   * Uses a password link up: one compare-and-swap on hash, expiry, unused, user not disabled; then sets the password, kills
   * the user's other links, ends their sessions and opens this one. @returns false when not live.
   */
  useLink(
    use: { tokenHash: string; userId: string; passwordHash: string; session: StoredSession; now: Date },
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
  /**
   * Puts a new id in the place of the old one, once its user proved who they are; with `factor`, by the second factor.
   * @returns false when there is none by the old id.
   */
  renew(oldId: string, to: { id: string; now: Date; factor: boolean }): Promise<boolean>
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
   * While the verified hash is still theirs and their session there: sets the new hash, gives that session a new id, ends
   * every other, and kills the user's links.
   * @returns false when it was not.
   */
  changePassword(
    change: {
      userId: string
      verifiedHash: string
      newHash: string
      keeps: { id: string; renewedId: string }
      now: Date
    },
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
  /** Null for support's own people, among whom everybody decides. */
  tenantId: TenantId | null
  userId: string
  by: string
}

export interface TenantUserStore {
  /** The users of a tenant, or of support, by name; then who is invited. */
  list(tenantId: TenantId | null): Promise<ListedUser[]>
  find(tenantId: TenantId | null, userId: string): Promise<ListedUser | null>
  /**
   * Changes a user who still is as seen, unless nobody would be left who decides; ends their sessions and kills their
   * links. @returns false when nothing was changed.
   */
  change(action: AdminAction & { seen: SeenUser; change: UserChange }, entry: JournalEntry): Promise<boolean>
  /** Stores a link for an active user, in place of the older one of its kind. @returns false when nothing was stored. */
  replaceLink(action: AdminAction & { link: NewLink }, entry: JournalEntry): Promise<boolean>
  /** Takes the address of a deactivated user away, and whom they are bound to. @returns false when nothing was changed. */
  releaseEmail(tenantId: TenantId, userId: string, entry: JournalEntry): Promise<boolean>
  /** Whether the tenant ever had an admin, deactivated or not. */
  hadAdmin(tenantId: TenantId): Promise<boolean>
}

/** An invitation of a tenant, or of support. */
export interface InvitationPlace {
  tenantId: TenantId | null
  id: string
}

export interface InvitationStore {
  /**
   * Stores an invitation in the place of one that ended, of the same tenant and address; with `replaces`, of one that waits
   * too. Whoever has the address elsewhere makes no difference. @returns false when one waits.
   */
  add(invitation: NewInvitation, on: { replaces: boolean }, entry: JournalEntry): Promise<boolean>
  /** The same while the tenant never had an admin, in the place of every one of it that waits. @returns false when it had. */
  addFirstAdmin(invitation: NewInvitation & { tenantId: TenantId }, entry: JournalEntry): Promise<boolean>
  /** Puts a newer token in the place of the older one. @returns false when the invitation does not wait. */
  renew(which: InvitationPlace, fresh: { tokenHash: string; expiresAt: Date }, entry: JournalEntry): Promise<boolean>
  /** @returns false when the invitation does not wait. */
  revoke(which: InvitationPlace, entry: JournalEntry): Promise<boolean>
  find(tokenHash: string, now: Date): Promise<Invitee | null>
  /** Why an invitation is not live, while its row is there; null for one that was replaced or revoked, or never was. */
  findSpent(tokenHash: string, now: Date): Promise<SpentLink | null>
  /**
   * Makes the user: one compare-and-swap on id, hash, expiry, neither accepted nor revoked, and nobody with the address;
   * opens the session, if any. @returns false when it was not won.
   */
  accept(
    use: { tokenHash: string; user: NewUser; session: StoredSession | null; now: Date },
    entries: readonly JournalEntry[],
  ): Promise<boolean>
}
