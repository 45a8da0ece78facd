import { and, eq, inArray, notExists, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { TenantUserStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { writeSearchWords } from '../support/search-words.ts'
import { hasEmail } from './has-email.ts'
import { upsertLink } from './links.ts'
import { hasEntered } from './user-state.ts'

export const firstAdminRows = (db: Database): Pick<TenantUserStore, 'hadAdmin' | 'inviteFirstAdmin'> => {
  const { users, tenants, oneTimeLinks: links } = db.tables
  const entered = (q: Queries, tenantId: TenantId) =>
    q
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.tenantId, tenantId), eq(users.role, 'admin'), hasEntered(db)))

  /** An admin who was invited by this address and can still come; undefined when the address is somebody else's. */
  const findInvited = async (email: string, tenantId: TenantId) => {
    const [known] = await db.q.select().from(users).where(hasEmail(users.email, email))
    if (!known) return null
    const waits = known.tenantId === tenantId && known.role === 'admin' && !known.disabledAt
    return waits ? known.id : undefined
  }

  return {
    hadAdmin: async (tenantId) => (await entered(db.q, tenantId).limit(1)).length > 0,
    inviteFirstAdmin: async (user, make) => {
      const { tenantId, email } = user
      const invited = await findInvited(email, tenantId)
      if (invited === undefined) return 'email_taken'
      const { link, entry } = make(invited ?? user.id)
      const won = await db.atomically({
        // whoever accepts an invitation meanwhile takes their row first: they are in, or their link is dead
        hold: (q) =>
          q
            .update(users)
            .set({ name: sql`${users.name}` })
            .where(eq(users.tenantId, tenantId)),
        guard: (q) =>
          q
            .update(tenants)
            .set({ name: sql`${tenants.name}` })
            .where(and(eq(tenants.id, tenantId), notExists(entered(q, tenantId))))
            .returning({ id: tenants.id }),
        then: (q) => [
          q
            .delete(links)
            .where(inArray(links.userId, q.select({ id: users.id }).from(users).where(eq(users.tenantId, tenantId)))),
          ...(invited === null
            ? [q.insert(users).values({ ...user, createdAt: entry.at }), ...writeSearchWords(db, q, tenantId, [email])]
            : [q.update(users).set({ name: user.name, locale: user.locale }).where(eq(users.id, invited))]),
          upsertLink(db, q, link),
          writeEntry(db, q, entry),
        ],
      })
      if (won) return 'invited'
      return 'had_admin'
    },
  }
}
