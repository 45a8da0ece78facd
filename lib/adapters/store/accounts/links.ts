import { and, eq, exists, gt, isNull, notExists, sql } from 'drizzle-orm'
import type { LinkKind, NewLink } from '#lib/domain/accounts/one-time-link.ts'
import type { AccountStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { notArchived } from './archived.ts'
import { hasEmail } from './has-email.ts'
import { insertSession } from './sessions.ts'

type Links = Pick<AccountStore, 'addLink' | 'findLink' | 'findSpent' | 'useLink' | 'useFirstRun'>

/** One row for each kind and user, so that a newer link takes the older one's place whoever else is writing. */
export const upsertLink = ({ tables: { oneTimeLinks } }: Database, q: Queries, link: NewLink) => {
  const fresh = { ...link, email: link.email ?? null, usedAt: null }
  return q
    .insert(oneTimeLinks)
    .values({ id: link.userId ? `${link.kind}:${link.userId}` : link.kind, ...fresh })
    .onConflictDoUpdate({ target: oneTimeLinks.id, set: fresh })
    .returning({ id: oneTimeLinks.id })
}

export const linkRows = (db: Database): Links => {
  const { oneTimeLinks: links, users, tenants, sessions } = db.tables
  const live = (tokenHash: string, kind: LinkKind, now: Date) =>
    and(eq(links.tokenHash, tokenHash), eq(links.kind, kind), isNull(links.usedAt), gt(links.expiresAt, now))
  const consume = (q: Queries, now: Date) => q.update(links).set({ usedAt: now })

  return {
    addLink: async (link, entry) => {
      await db.atomically({
        guard: (q) => upsertLink(db, q, link),
        then: (q) => (entry ? [writeEntry(db, q, entry)] : []),
      })
    },
    findLink: async (tokenHash, kind, now) => {
      const [row] = await db.q
        .select({
          userId: links.userId,
          role: users.role,
          email: users.email,
          name: users.name,
          locale: users.locale,
          tenantId: users.tenantId,
          tenantName: tenants.name,
          disabledAt: users.disabledAt,
          archivedAt: tenants.archivedAt,
        })
        .from(links)
        .leftJoin(users, eq(users.id, links.userId))
        .leftJoin(tenants, eq(tenants.id, users.tenantId))
        .where(live(tokenHash, kind, now))
      if (!row || row.disabledAt || row.archivedAt) return null
      const { userId, role, email, name, locale, tenantId, tenantName } = row
      if (userId === null || role === null || email === null || name === null || locale === null)
        return { kind, user: null }
      return { kind, user: { id: userId, role, email, name, locale, tenantId, tenantName } }
    },
    findSpent: async (tokenHash, kind, now) => {
      const [row] = await db.q
        .select({ usedAt: links.usedAt, expiresAt: links.expiresAt })
        .from(links)
        .where(and(eq(links.tokenHash, tokenHash), eq(links.kind, kind)))
      if (!row) return null
      if (row.usedAt) return 'used'
      return row.expiresAt <= now ? 'expired' : null
    },
    useLink: async ({ tokenHash, userId, passwordHash, session, now }, entries) => {
      const used = await db.atomically({
        // whoever changes this user takes the user's row first as well: neither waits for the other's second row
        hold: (q) =>
          q
            .update(users)
            .set({ name: sql`${users.name}` })
            .where(eq(users.id, userId)),
        guard: (q) => {
          const active = q
            .select({ id: users.id })
            .from(users)
            .where(and(eq(users.id, userId), isNull(users.disabledAt), notArchived(db, q, users.tenantId)))
          return consume(q, now)
            .where(and(live(tokenHash, 'password', now), eq(links.userId, userId), exists(active)))
            .returning({ id: links.id })
        },
        then: (q) => [
          q.update(users).set({ passwordHash, passwordChangedAt: now }).where(eq(users.id, userId)),
          q.delete(links).where(and(eq(links.userId, userId), isNull(links.usedAt))),
          q.delete(sessions).where(eq(sessions.userId, userId)),
          insertSession(db, q, session, now),
          ...entries.map((entry) => writeEntry(db, q, entry)),
        ],
      })
      return used !== null
    },
    useFirstRun: async ({ tokenHash, user, session, now }, entries) => {
      const used = await db.atomically({
        guard: (q) => {
          const support = q.select({ id: users.id }).from(users).where(eq(users.role, 'support'))
          const namesake = q.select({ id: users.id }).from(users).where(hasEmail(users.email, user.email))
          return consume(q, now)
            .where(and(live(tokenHash, 'first_run', now), notExists(support), notExists(namesake)))
            .returning({ id: links.id })
        },
        then: (q) => [
          q.insert(users).values({ ...user, createdAt: now, passwordChangedAt: now }),
          q.delete(links).where(eq(links.kind, 'first_run')),
          insertSession(db, q, session, now),
          ...entries.map((entry) => writeEntry(db, q, entry)),
        ],
      })
      return used !== null
    },
  }
}
