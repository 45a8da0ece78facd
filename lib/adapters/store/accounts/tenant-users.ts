import { and, asc, eq, max, ne, type SQL } from 'drizzle-orm'
import type { ListedUser } from '#lib/domain/accounts/listed-user.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { TenantUserStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import { firstAdminRows } from './first-admin.ts'
import { changeRows } from './tenant-user-changes.ts'

export const tenantUserStore = (db: Database): TenantUserStore => {
  const { users, oneTimeLinks: links, journal } = db.tables

  const rowsOf = (tenantId: TenantId, where?: SQL) =>
    db.q
      .select({ user: users, link: { expiresAt: links.expiresAt, usedAt: links.usedAt } })
      .from(users)
      .leftJoin(links, and(eq(links.userId, users.id), eq(links.kind, 'invitation')))
      .where(and(eq(users.tenantId, tenantId), ne(users.role, 'support'), where))
      .orderBy(asc(users.name), asc(users.id))

  const signInsOf = async (tenantId: TenantId) => {
    const rows = await db.q
      .select({ userId: journal.userId, at: max(journal.at) })
      .from(journal)
      .where(and(eq(journal.tenantId, tenantId), eq(journal.event, 'session.opened')))
      .groupBy(journal.userId)
    return new Map(rows.map(({ userId, at }) => [userId, at]))
  }

  const read = async (tenantId: TenantId, where?: SQL): Promise<ListedUser[]> => {
    const [rows, signIns] = await Promise.all([rowsOf(tenantId, where), signInsOf(tenantId)])
    return rows.map(({ user, link }) => {
      const { id, email, name, locale, passwordHash, oidcSubject, disabledAt } = user
      const invited = passwordHash === null && oidcSubject === null
      return {
        id,
        email,
        name,
        locale,
        role: user.role as ListedUser['role'],
        state: disabledAt ? 'deactivated' : invited ? 'invited' : 'active',
        invitedUntil: link && !link.usedAt ? link.expiresAt : null,
        lastSignInAt: signIns.get(id) ?? null,
      }
    })
  }

  return {
    list: (tenantId) => read(tenantId),
    find: async (tenantId, userId) => (await read(tenantId, eq(users.id, userId)))[0] ?? null,
    ...changeRows(db),
    ...firstAdminRows(db),
  }
}
