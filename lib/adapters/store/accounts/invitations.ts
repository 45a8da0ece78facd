import { and, eq, gt, isNull, ne, notExists, type SQL, sql } from 'drizzle-orm'
import type { NewInvitation } from '#lib/domain/accounts/invitation.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { InvitationStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { writeSearchWords } from '../support/search-words.ts'
import { notArchived } from './archived.ts'
import { hasEmail } from './has-email.ts'
import { insertSession } from './sessions.ts'

export const invitationStore = (db: Database): InvitationStore => {
  const { invitations, users, tenants } = db.tables
  const isOpen = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt))
  const isLive = (now: Date) => and(isOpen, gt(invitations.expiresAt, now))
  const ofTenant = (tenantId: TenantId | null) =>
    tenantId === null ? isNull(invitations.tenantId) : eq(invitations.tenantId, tenantId)

  const upsert = (q: Queries, invitation: NewInvitation, replaces: SQL | undefined) => {
    const fresh = { ...invitation, acceptedAt: null, revokedAt: null }
    const addressee = `${invitation.tenantId ?? 'support'} ${invitation.email}`
    return q
      .insert(invitations)
      .values({ ...fresh, addressee })
      .onConflictDoUpdate({ target: invitations.addressee, set: fresh, setWhere: replaces ?? sql`true` })
      .returning({ id: invitations.id })
  }

  /** Whoever accepts or invites for a tenant comes one after the other. */
  const holdTenant = (tenantId: TenantId) => (q: Queries) =>
    q
      .update(tenants)
      .set({ name: sql`${tenants.name}` })
      .where(eq(tenants.id, tenantId))

  const admins = (q: Queries, tenantId: TenantId) =>
    q
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.tenantId, tenantId), eq(users.role, 'admin')))

  return {
    add: async (invitation, { replaces }, entry) => {
      const ended = sql`(${invitations.acceptedAt} is not null or ${invitations.revokedAt} is not null or ${invitations.expiresAt} <= ${sql.param(entry.at, invitations.expiresAt)})`
      const stored = await db.atomically({
        guard: (q) => upsert(q, invitation, replaces ? undefined : ended),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return stored !== null
    },
    addFirstAdmin: async ({ tenantId, ...invitation }, entry) => {
      const stored = await db.atomically({
        hold: holdTenant(tenantId),
        guard: (q) =>
          q
            .update(tenants)
            .set({ name: sql`${tenants.name}` })
            .where(and(eq(tenants.id, tenantId), isNull(tenants.archivedAt), notExists(admins(q, tenantId))))
            .returning({ id: tenants.id }),
        then: (q) => [
          q
            .update(invitations)
            .set({ revokedAt: entry.at })
            .where(and(ofTenant(tenantId), isOpen, ne(invitations.email, invitation.email))),
          upsert(q, { ...invitation, tenantId }, undefined),
          writeEntry(db, q, entry),
        ],
      })
      return stored !== null
    },
    renew: async ({ tenantId, id }, { tokenHash, expiresAt }, entry) => {
      const renewed = await db.atomically({
        guard: (q) =>
          q
            .update(invitations)
            .set({ tokenHash, expiresAt })
            .where(and(eq(invitations.id, id), ofTenant(tenantId), isOpen))
            .returning({ id: invitations.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return renewed !== null
    },
    revoke: async ({ tenantId, id }, entry) => {
      const revoked = await db.atomically({
        guard: (q) =>
          q
            .update(invitations)
            .set({ revokedAt: entry.at })
            .where(and(eq(invitations.id, id), ofTenant(tenantId), isOpen))
            .returning({ id: invitations.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return revoked !== null
    },
    find: async (tokenHash, now) => {
      const [row] = await db.q
        .select({ invitation: invitations, tenantName: tenants.name })
        .from(invitations)
        .leftJoin(tenants, eq(tenants.id, invitations.tenantId))
        .where(and(eq(invitations.tokenHash, tokenHash), isLive(now), isNull(tenants.archivedAt)))
      if (!row) return null
      const { id, tenantId, role, email, name, locale } = row.invitation
      const [namesake] = await db.q.select({ id: users.id }).from(users).where(hasEmail(users.email, email))
      return { id, tenantId, tenantName: row.tenantName, role, email, name, locale, hasAccount: namesake !== undefined }
    },
    findSpent: async (tokenHash, now) => {
      const [row] = await db.q.select().from(invitations).where(eq(invitations.tokenHash, tokenHash))
      if (!row || row.revokedAt) return null
      if (row.acceptedAt) return 'used'
      return row.expiresAt <= now ? 'expired' : null
    },
    accept: async ({ tokenHash, user, session, now }, entries) => {
      const { tenantId, email } = user
      const accepted = await db.atomically({
        ...(tenantId === null ? {} : { hold: holdTenant(tenantId) }),
        guard: (q) =>
          q
            .update(invitations)
            .set({ acceptedAt: now })
            .where(
              and(
                eq(invitations.id, user.id),
                eq(invitations.tokenHash, tokenHash),
                isLive(now),
                notArchived(db, q, invitations.tenantId),
                notExists(q.select({ id: users.id }).from(users).where(hasEmail(users.email, email))),
              ),
            )
            .returning({ id: invitations.id }),
        then: (q) => [
          q
            .insert(users)
            .values({ ...user, createdAt: now, passwordChangedAt: user.passwordHash === null ? null : now }),
          ...(tenantId === null ? [] : writeSearchWords(db, q, tenantId, [email])),
          ...(session ? [insertSession(db, q, session, now)] : []),
          ...entries.map((entry) => writeEntry(db, q, entry)),
        ],
      })
      return accepted !== null
    },
  }
}
