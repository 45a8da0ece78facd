import { sql } from 'drizzle-orm'
import type { LinkKind } from '../lib/domain/accounts/one-time-link.ts'
import type { Device, SignInMethod } from '../lib/domain/accounts/session.ts'
import type { TenantId } from '../lib/domain/accounts/tenant.ts'
import type { Locale, Role } from '../lib/domain/accounts/user.ts'
import type { Columns } from './sqlite-columns.ts'

/** Who exists here: tenants, their users, and how users get in. */
export const accountTables = (c: Columns) => {
  const tenants = c.table(
    'tenants',
    {
      id: c.text<TenantId>().primaryKey(),
      name: c.text().notNull(),
      /** The customer's number in Pro+. */
      ref: c.text().unique(),
      /** The name as lists sort it: folded; empty until the words of the tenant are indexed. */
      sortName: c.bytewiseText().notNull().default(''),
      createdAt: c.instant().notNull(),
      /** Since when its people cannot sign in, its connections are paused and its API keys refused; null while it is in use. */
      archivedAt: c.instant(),
    },
    (t) => [
      c.index('tenants_sort_name').on(t.sortName, t.id),
      c.index('tenants_archived').on(t.archivedAt, t.id).where(sql`archived_at is not null`),
    ],
  )
  /** What a tenant is found by: folded words of its name, its reference, its admins' addresses. */
  const searchWords = c.table(
    'search_words',
    {
      tenantId: c
        .text<TenantId>()
        .notNull()
        .references(() => tenants.id, { onDelete: 'cascade' }),
      word: c.bytewiseText().notNull(),
    },
    (t) => [
      c.uniqueIndex('search_words_word').on(t.word, t.tenantId),
      c.index('search_words_tenant').on(t.tenantId, t.word),
    ],
  )
  const users = c.table(
    'users',
    {
      id: c.text().primaryKey(),
      /** Null for support staff, who belong to no tenant. */
      tenantId: c.text<TenantId>().references(() => tenants.id, { onDelete: 'cascade' }),
      role: c.text<Role>().notNull(),
      /** Folded to lower case. */
      email: c.text().notNull().unique(),
      name: c.text().notNull(),
      passwordHash: c.text(),
      /** Who this is at the company's OpenID provider, once they signed in by it: `iss` and `sub` (OpenID Connect Core section 2). */
      oidcIssuer: c.text(),
      oidcSubject: c.text(),
      locale: c.text<Locale>().notNull(),
      /** An IANA name; null follows the app. */
      timeZone: c.text(),
      passwordChangedAt: c.instant(),
      disabledAt: c.instant(),
      createdAt: c.instant().notNull(),
    },
    (t) => [
      c.index('users_tenant').on(t.tenantId),
      c.index('users_role').on(t.role),
      c.uniqueIndex('users_oidc').on(t.oidcIssuer, t.oidcSubject),
    ],
  )
  const sessions = c.table(
    'sessions',
    {
      /** SHA-256 of what the browser holds. */
      id: c.text().primaryKey(),
      userId: c
        .text()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      createdAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
      /** Written at most once a minute; null for a session of an older version, which has ended. */
      lastSeenAt: c.instant(),
      method: c.text<SignInMethod>(),
      /** When its second factor was given. */
      factorAt: c.instant(),
      /** When its user last proved who they are. */
      confirmedAt: c.instant(),
      /** Of WebAuthn, under way: used once. */
      challenge: c.text(),
      /** Where it was opened, where that is known. */
      ip: c.text(),
      device: c.json<Device>(),
    },
    (t) => [c.index('sessions_user').on(t.userId), c.index('sessions_expires').on(t.expiresAt)],
  )
  const oneTimeLinks = c.table(
    'one_time_links',
    {
      id: c.text().primaryKey(),
      kind: c.text<LinkKind>().notNull(),
      tokenHash: c.text().notNull().unique(),
      /** Null for a first run, which creates its user. */
      userId: c.text().references(() => users.id, { onDelete: 'cascade' }),
      /** The new address that it confirms. */
      email: c.text(),
      expiresAt: c.instant().notNull(),
      usedAt: c.instant(),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.index('one_time_links_user').on(t.userId, t.kind), c.index('one_time_links_expires').on(t.expiresAt)],
  )
  /** Who was asked in: the user is made when it is accepted. */
  const invitations = c.table(
    'invitations',
    {
      /** Of the user that comes of it, too. */
      id: c.text().primaryKey(),
      /** Tenant and address, so that a newer one takes the older one's place whoever else is writing. */
      addressee: c.text().notNull().unique(),
      /** Null for support staff. */
      tenantId: c.text<TenantId>().references(() => tenants.id, { onDelete: 'cascade' }),
      role: c.text<Role>().notNull(),
      /** Folded, as those of users are. */
      email: c.text().notNull(),
      name: c.text().notNull(),
      locale: c.text<Locale>().notNull(),
      /** Null for the operator. */
      invitedBy: c.text().references(() => users.id, { onDelete: 'set null' }),
      tokenHash: c.text().notNull().unique(),
      createdAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
      acceptedAt: c.instant(),
      revokedAt: c.instant(),
    },
    (t) => [
      c.index('invitations_tenant').on(t.tenantId),
      c.index('invitations_email').on(t.email),
      c.index('invitations_inviter').on(t.invitedBy),
      c.index('invitations_expires').on(t.expiresAt),
    ],
  )
  const ofUser = () =>
    c
      .text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' })
  /** A person's authenticator app: one each (RFC 6238). */
  const totpSecrets = c.table('totp_secrets', {
    userId: ofUser().primaryKey(),
    sealedSecret: c.text().notNull(),
    /** The time step of the last code taken: neither it nor an older one is taken again. */
    lastStep: c.integer().notNull(),
    createdAt: c.instant().notNull(),
    usedAt: c.instant(),
  })
  /** A person's WebAuthn credentials. */
  const passkeys = c.table(
    'passkeys',
    {
      /** The credential's id, as base64url. */
      id: c.text().primaryKey(),
      userId: ofUser(),
      name: c.text().notNull(),
      /** COSE, as base64url. */
      publicKey: c.text().notNull(),
      counter: c.integer().notNull(),
      transports: c.json<string[]>().notNull(),
      createdAt: c.instant().notNull(),
      usedAt: c.instant(),
    },
    (t) => [c.index('passkeys_user').on(t.userId)],
  )
  const recoveryCodes = c.table(
    'recovery_codes',
    {
      id: c.text().primaryKey(),
      userId: ofUser(),
      codeHash: c.text().notNull(),
      createdAt: c.instant().notNull(),
      usedAt: c.instant(),
    },
    (t) => [c.uniqueIndex('recovery_codes_user_hash').on(t.userId, t.codeHash)],
  )
  return { tenants, searchWords, users, sessions, oneTimeLinks, invitations, totpSecrets, passkeys, recoveryCodes }
}
