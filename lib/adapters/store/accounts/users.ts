import { and, count, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import type { AccountStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { writeSearchWords } from '../support/search-words.ts'
import { hasEmail } from './has-email.ts'

type Users = Pick<
  AccountStore,
  'addUser' | 'findSignIn' | 'disableUser' | 'countSupport' | 'hasCompanySupport' | 'setLocale'
>

/** The columns `readUser` needs, of users joined with their tenants. */
export const userColumns = ({ tables: { users, tenants } }: Database) => ({
  id: users.id,
  role: users.role,
  email: users.email,
  name: users.name,
  locale: users.locale,
  timeZone: users.timeZone,
  tenantId: users.tenantId,
  tenantName: tenants.name,
})

type Row = Pick<User, 'id' | 'role' | 'email' | 'name' | 'locale'> & {
  timeZone: string | null
  tenantId: TenantId | null
  tenantName: string | null
}

export const readUser = ({ id, role, email, name, locale, timeZone, tenantId, tenantName }: Row): User => {
  const profile = { id, email, name, locale, timeZone }
  if (role === 'support') return { ...profile, role }
  if (tenantId === null || tenantName === null) throw new Error('a customer’s user without a tenant')
  return { ...profile, role, tenantId, tenantName }
}

export const userRows = (db: Database): Users => {
  const { users, tenants, sessions, oneTimeLinks: links } = db.tables
  return {
    addUser: async (user, entry) => {
      const added = await db.atomically({
        guard: (q) =>
          q
            .insert(users)
            .values({ ...user, createdAt: entry.at, passwordChangedAt: user.passwordHash === null ? null : entry.at })
            .onConflictDoNothing()
            .returning({ id: users.id }),
        then: (q) => [
          ...(user.tenantId === null ? [] : writeSearchWords(db, q, user.tenantId, [user.email])),
          writeEntry(db, q, entry),
        ],
      })
      return added !== null
    },
    findSignIn: async (email) => {
      const [row] = await db.q
        .select({
          user: userColumns(db),
          passwordHash: users.passwordHash,
          disabledAt: users.disabledAt,
          archivedAt: tenants.archivedAt,
        })
        .from(users)
        .leftJoin(tenants, eq(tenants.id, users.tenantId))
        .where(hasEmail(users.email, email))
      return row
        ? {
            user: readUser(row.user),
            passwordHash: row.passwordHash,
            disabled: (row.disabledAt ?? row.archivedAt) !== null,
          }
        : null
    },
    disableUser: async (email, entry) => {
      const theirs = (q: Queries) => q.select({ id: users.id }).from(users).where(hasEmail(users.email, email))
      const disabled = await db.atomically({
        guard: (q) =>
          q
            .update(users)
            .set({ disabledAt: entry.at })
            .where(and(hasEmail(users.email, email), isNull(users.disabledAt)))
            .returning({ id: users.id }),
        then: (q) => [
          q.delete(sessions).where(inArray(sessions.userId, theirs(q))),
          q.delete(links).where(inArray(links.userId, theirs(q))),
          writeEntry(db, q, entry),
        ],
      })
      return disabled !== null
    },
    countSupport: async () => {
      const [row] = await db.q.select({ n: count() }).from(users).where(eq(users.role, 'support'))
      return row?.n ?? 0
    },
    hasCompanySupport: async () => {
      const [row] = await db.q
        .select({ id: users.id })
        .from(users)
        .where(and(eq(users.role, 'support'), isNotNull(users.oidcSubject), isNull(users.disabledAt)))
        .limit(1)
      return row !== undefined
    },
    setLocale: async (userId, locale) => {
      await db.q.update(users).set({ locale }).where(eq(users.id, userId))
    },
  }
}
