import { and, asc, eq, exists, isNull, max } from 'drizzle-orm'
import type { ListedUser } from '#lib/domain/accounts/listed-user.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { TenantUserStore } from '#lib/ports/accounts.ts'
import type { Database } from '../engine/database.ts'
import { changeRows } from './tenant-user-changes.ts'

export const tenantUserStore = (db: Database): TenantUserStore => {
  const { users, invitations, journal, totpSecrets, passkeys } = db.tables

  const signInsOf = async (tenantId: TenantId | null) => {
    const rows = await db.q
      .select({ userId: journal.userId, at: max(journal.at) })
      .from(journal)
      .where(
        and(
          tenantId === null ? isNull(journal.tenantId) : eq(journal.tenantId, tenantId),
          eq(journal.event, 'session.opened'),
        ),
      )
      .groupBy(journal.userId)
    return new Map(rows.map(({ userId, at }) => [userId, at]))
  }

  const usersOf = async (tenantId: TenantId | null): Promise<ListedUser[]> => {
    const ours = tenantId === null ? eq(users.role, 'support') : eq(users.tenantId, tenantId)
    const withFactor = async (table: typeof totpSecrets | typeof passkeys) => {
      const owners = db.q
        .select({ id: users.id })
        .from(users)
        .where(and(ours, eq(users.id, table.userId)))
      return db.q.select({ userId: table.userId }).from(table).where(exists(owners))
    }
    const [rows, signIns, ...factors] = await Promise.all([
      db.q.select().from(users).where(ours).orderBy(asc(users.name), asc(users.id)),
      signInsOf(tenantId),
      withFactor(totpSecrets),
      withFactor(passkeys),
    ])
    const holders = new Set(factors.flat().map(({ userId }) => userId))
    return rows.map(({ id, email, name, locale, role, disabledAt }) => ({
      ...{ id, email, name, locale, role },
      state: disabledAt ? 'deactivated' : 'active',
      invitedUntil: null,
      lastSignInAt: signIns.get(id) ?? null,
      hasFactor: holders.has(id),
    }))
  }

  const invitedOf = async (tenantId: TenantId | null): Promise<ListedUser[]> => {
    const ours = tenantId === null ? isNull(invitations.tenantId) : eq(invitations.tenantId, tenantId)
    const rows = await db.q
      .select()
      .from(invitations)
      .where(and(ours, isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
      .orderBy(asc(invitations.name), asc(invitations.id))
    return rows.map(({ id, email, name, locale, role, expiresAt }) => ({
      ...{ id, email, name, locale, role, state: 'invited' },
      invitedUntil: expiresAt,
      lastSignInAt: null,
      hasFactor: false,
    }))
  }

  const list = async (tenantId: TenantId | null) => {
    const [active, invited] = await Promise.all([usersOf(tenantId), invitedOf(tenantId)])
    return [...active, ...invited]
  }

  return {
    list,
    find: async (tenantId, userId) => (await list(tenantId)).find(({ id }) => id === userId) ?? null,
    hadAdmin: async (tenantId) => {
      const [row] = await db.q
        .select({ id: users.id })
        .from(users)
        .where(and(eq(users.tenantId, tenantId), eq(users.role, 'admin')))
        .limit(1)
      return row !== undefined
    },
    ...changeRows(db),
  }
}
