import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConsoleStore } from '#lib/ports/support.ts'
import { inState } from '../accounts/user-state.ts'
import type { Database } from '../engine/database.ts'

const asking = ['connection.reconnect_asked', 'connection.upgrade_asked'] as const

/** Whom a request to these tenants would reach, and which of them had one lately: two reads, however many they are. */
export const askable =
  (db: Database): ConsoleStore['askable'] =>
  async (tenantIds, since) => {
    if (tenantIds.length === 0) return { admins: new Map(), asked: new Set() }
    const { users, journal } = db.tables
    const people = await db.q
      .select({ id: users.id, tenantId: users.tenantId })
      .from(users)
      .where(and(db.among(users.tenantId, tenantIds), eq(users.role, 'admin'), inState(db, 'active')))
      .orderBy(asc(users.createdAt), asc(users.id))
    const entries = await db.q
      .select({ tenantId: journal.tenantId })
      .from(journal)
      .where(and(inArray(journal.event, asking), gt(journal.at, since), db.among(journal.tenantId, tenantIds)))
    const admins = new Map<TenantId, string[]>()
    for (const { id, tenantId } of people)
      if (tenantId !== null) admins.set(tenantId, [...(admins.get(tenantId) ?? []), id])
    return { admins, asked: new Set(entries.flatMap(({ tenantId }) => (tenantId === null ? [] : [tenantId]))) }
  }
