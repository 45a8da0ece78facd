import { and, eq, exists, gt, isNull, ne, notExists, sql } from 'drizzle-orm'
import { tenantOf } from '#lib/domain/accounts/user.ts'
import type { ProfileStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { writeSearchWords } from '../support/search-words.ts'
import { hasEmail } from './has-email.ts'
import { readUser, userColumns } from './users.ts'

export const profileStore = (db: Database): ProfileStore => {
  const { users, tenants, sessions, oneTimeLinks: links } = db.tables
  const isLive = (now: Date) => and(eq(links.kind, 'address'), isNull(links.usedAt), gt(links.expiresAt, now))
  const isActive = (userId: string) => and(eq(users.id, userId), isNull(users.disabledAt))

  /** In the order of every other use: the user's row, then theirs. */
  const touchUser = (q: Queries, userId: string) =>
    q
      .update(users)
      .set({ name: sql`${users.name}` })
      .where(isActive(userId))

  return {
    read: async (userId, now) => {
      const [user] = await db.q.select().from(users).where(eq(users.id, userId))
      const [link] = await db.q
        .select()
        .from(links)
        .where(and(eq(links.userId, userId), isLive(now)))
      return {
        hasPassword: Boolean(user?.passwordHash),
        passwordChangedAt: user?.passwordChangedAt ?? null,
        company: Boolean(user?.oidcSubject),
        newEmail: link?.email ? { email: link.email, until: link.expiresAt } : null,
      }
    },
    findPasswordHash: async (userId) => {
      const [user] = await db.q.select({ hash: users.passwordHash }).from(users).where(isActive(userId))
      return user?.hash ?? null
    },
    save: async (userId, profile, entry) => {
      await db.atomically({
        guard: (q) => q.update(users).set(profile).where(isActive(userId)).returning({ id: users.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
    },
    changePassword: async ({ userId, verifiedHash, newHash, keeps, now }, entry) => {
      const changed = await db.atomically({
        hold: (q) => touchUser(q, userId),
        guard: (q) => {
          const verified = and(isActive(userId), eq(users.passwordHash, verifiedHash))
          return q
            .update(sessions)
            .set({ id: keeps.renewedId, confirmedAt: now })
            .where(
              and(
                eq(sessions.id, keeps.id),
                eq(sessions.userId, userId),
                exists(q.select({ id: users.id }).from(users).where(verified)),
              ),
            )
            .returning({ id: sessions.id })
        },
        then: (q) => [
          q.update(users).set({ passwordHash: newHash, passwordChangedAt: now }).where(eq(users.id, userId)),
          q.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, keeps.renewedId))),
          q.delete(links).where(and(eq(links.userId, userId), isNull(links.usedAt))),
          writeEntry(db, q, entry),
        ],
      })
      return changed !== null
    },
    withdrawEmail: async (userId) => {
      await db.q.delete(links).where(and(eq(links.userId, userId), eq(links.kind, 'address'), isNull(links.usedAt)))
    },
    findEmailLink: async (tokenHash, now) => {
      const [row] = await db.q
        .select({ user: userColumns(db), email: links.email })
        .from(links)
        .innerJoin(users, eq(users.id, links.userId))
        .leftJoin(tenants, eq(tenants.id, users.tenantId))
        .where(and(eq(links.tokenHash, tokenHash), isLive(now), isNull(users.disabledAt)))
      return row?.email ? { user: readUser(row.user), newEmail: row.email } : null
    },
    changeEmail: async ({ tokenHash, user, newEmail, now }, entry) => {
      const tenantId = tenantOf(user)
      const changed = await db.atomically({
        hold: (q) => touchUser(q, user.id),
        guard: (q) => {
          const taken = q.select({ id: users.id }).from(users).where(hasEmail(users.email, newEmail))
          return q
            .update(links)
            .set({ usedAt: now })
            .where(and(eq(links.tokenHash, tokenHash), isLive(now), eq(links.userId, user.id), notExists(taken)))
            .returning({ id: links.id })
        },
        then: (q) => [
          q.update(users).set({ email: newEmail }).where(isActive(user.id)),
          q.delete(links).where(and(eq(links.userId, user.id), isNull(links.usedAt))),
          ...(tenantId === null ? [] : writeSearchWords(db, q, tenantId, [newEmail])),
          writeEntry(db, q, entry),
        ],
      })
      return changed !== null
    },
  }
}
