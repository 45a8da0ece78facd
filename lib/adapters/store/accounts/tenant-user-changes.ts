import { and, eq, exists, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { takesDecider, type UserChange } from '#lib/domain/accounts/listed-user.ts'
import { releasedEmail } from '#lib/domain/accounts/user.ts'
import type { AdminAction, TenantUserStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { upsertLink } from './links.ts'
import { inState } from './user-state.ts'

const columnsOf = (change: UserChange, now: Date) => {
  if (change.kind === 'change_role') return { role: change.role }
  return { disabledAt: change.kind === 'deactivate' ? now : null }
}

export const changeRows = (db: Database): Pick<TenantUserStore, 'change' | 'replaceLink' | 'releaseEmail'> => {
  const { users, tenants, sessions, oneTimeLinks: links } = db.tables

  const ofTenant = ({ tenantId }: Pick<AdminAction, 'tenantId'>) =>
    tenantId === null ? isNull(users.tenantId) : eq(users.tenantId, tenantId)

  /** An active one of those who decide: an admin of the tenant, or somebody of support. */
  const activeAdmin = (q: Queries, action: AdminAction, which: ReturnType<typeof eq>) =>
    exists(
      q
        .select({ id: users.id })
        .from(users)
        .where(
          and(
            ofTenant(action),
            eq(users.role, action.tenantId === null ? 'support' : 'admin'),
            inState(db, 'active'),
            which,
          ),
        ),
    )
  /** What every action requires: both users are of the tenant, and the one who acts is an active admin. */
  const allowed = (q: Queries, action: AdminAction) =>
    and(eq(users.id, action.userId), ofTenant(action), activeAdmin(q, action, eq(users.id, action.by)))

  // two who take each other's access away each see the other one, unless they come one after the other
  const hold = (q: Queries, { tenantId }: AdminAction) =>
    tenantId === null
      ? q
          .update(users)
          .set({ name: sql`${users.name}` })
          .where(eq(users.role, 'support'))
      : q
          .update(tenants)
          .set({ name: sql`${tenants.name}` })
          .where(eq(tenants.id, tenantId))

  return {
    change: async ({ seen, change, ...action }, entry) => {
      const { userId } = action
      const changed = await db.atomically({
        hold: (q) => hold(q, action),
        guard: (q) =>
          q
            .update(users)
            .set(columnsOf(change, entry.at))
            .where(
              and(
                allowed(q, action),
                eq(users.role, seen.role),
                inState(db, seen.state === 'deactivated' ? 'deactivated' : 'active'),
                takesDecider(change, seen) ? activeAdmin(q, action, ne(users.id, userId)) : undefined,
              ),
            )
            .returning({ id: users.id }),
        then: (q) => [
          q.delete(sessions).where(eq(sessions.userId, userId)),
          q.delete(links).where(eq(links.userId, userId)),
          writeEntry(db, q, entry),
        ],
      })
      return changed !== null
    },
    releaseEmail: async (tenantId, userId, entry) => {
      const released = await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ email: releasedEmail(userId), oidcIssuer: null, oidcSubject: null })
            .where(
              and(
                eq(users.id, userId),
                eq(users.tenantId, tenantId),
                isNotNull(users.disabledAt),
                ne(users.email, releasedEmail(userId)),
              ),
            )
            .returning({ id: users.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return released !== null
    },
    replaceLink: async ({ link, ...action }, entry) => {
      const refreshed = await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ name: sql`${users.name}` })
            .where(and(allowed(q, action), inState(db, 'active')))
            .returning({ id: users.id }),
        then: (q) => [upsertLink(db, q, link), writeEntry(db, q, entry)],
      })
      return refreshed !== null
    },
  }
}
