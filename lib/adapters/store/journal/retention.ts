import { aliasedTable, and, asc, eq, exists, gt, inArray, isNotNull, lt, or, sql } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { RetentionStore, SavedSettings } from '#lib/ports/journal.ts'
import type { Database } from '../engine/database.ts'
import type { Queries, Statement } from '../engine/queries.ts'

type Delete = (before: Date, limit: number) => Statement

/**
 * Where a person's requests came from goes with them; what they did stays, by their id. What a visitor tried at their account
 * counts as theirs.
 */
export const forgetAddresses = ({ tables: { journal } }: Pick<Database, 'tables'>, q: Queries, userId: string) => {
  const atTheirAccount = and(eq(journal.actor, 'visitor'), eq(sql`${journal.detail} ->> 'userId'`, userId))
  return q
    .update(journal)
    .set({ address: null })
    .where(and(isNotNull(journal.address), or(eq(journal.userId, userId), atTheirAccount)))
}

/** Entries of a tenant that is erased: so many, or all. */
export const forgetOfTenant = (
  { tables: { journal } }: Pick<Database, 'tables'>,
  q: Queries,
  tenantId: TenantId,
  limit?: number,
) => {
  const theirs = eq(journal.tenantId, tenantId)
  if (limit === undefined) return q.delete(journal).where(theirs)
  const some = q.select({ id: journal.id }).from(journal).where(theirs).limit(limit)
  return q.delete(journal).where(inArray(journal.id, some))
}

/** The one place where entries of the journal end. */
export const retentionStore = ({ q, tables }: Database): RetentionStore => {
  const {
    journal,
    sessions,
    throttleLog,
    rateBudgets,
    oneTimeLinks: links,
    invitations,
    pendingAuthorizations: pending,
    outageHistory,
  } = tables
  const newer = aliasedTable(pending, 'newer')
  const hasNewer = exists(
    q
      .select({ id: newer.id })
      .from(newer)
      .where(and(eq(newer.connectionId, pending.connectionId), gt(newer.createdAt, pending.createdAt))),
  )

  const deletes: Record<SavedSettings, Delete> = {
    journal: (before, limit) => {
      const old = q.select({ id: journal.id }).from(journal).where(lt(journal.at, before)).orderBy(asc(journal.at))
      return q
        .delete(journal)
        .where(inArray(journal.id, old.limit(limit)))
        .returning({ id: journal.id })
    },
    sessions: (before, limit) => {
      const { id, expiresAt } = sessions
      const old = q.select({ id }).from(sessions).where(lt(expiresAt, before)).orderBy(asc(expiresAt))
      return q
        .delete(sessions)
        .where(inArray(id, old.limit(limit)))
        .returning({ id })
    },
    throttle: (before, limit) => {
      const { id, at } = throttleLog
      const old = q.select({ id }).from(throttleLog).where(lt(at, before)).orderBy(asc(at))
      return q
        .delete(throttleLog)
        .where(inArray(id, old.limit(limit)))
        .returning({ id })
    },
    rate_budgets: (before, limit) => {
      const { id, updatedAt } = rateBudgets
      const old = q.select({ id }).from(rateBudgets).where(lt(updatedAt, before)).orderBy(asc(updatedAt))
      return q
        .delete(rateBudgets)
        .where(inArray(id, old.limit(limit)))
        .returning({ id })
    },
    links: (before, limit) => {
      const { id, expiresAt } = links
      const old = q.select({ id }).from(links).where(lt(expiresAt, before)).orderBy(asc(expiresAt))
      return q
        .delete(links)
        .where(inArray(id, old.limit(limit)))
        .returning({ id })
    },
    invitations: (before, limit) => {
      const { id, expiresAt } = invitations
      const old = q.select({ id }).from(invitations).where(lt(expiresAt, before)).orderBy(asc(expiresAt))
      return q
        .delete(invitations)
        .where(inArray(id, old.limit(limit)))
        .returning({ id })
    },
    outages: (before, limit) => {
      const { id, endedAt } = outageHistory
      const old = q.select({ id }).from(outageHistory).where(lt(endedAt, before)).orderBy(asc(endedAt))
      return q
        .delete(outageHistory)
        .where(inArray(id, old.limit(limit)))
        .returning({ id })
    },
    authorizations: (before, limit) => {
      const { id, expiresAt } = pending
      const old = q
        .select({ id })
        .from(pending)
        .where(and(lt(expiresAt, before), hasNewer))
        .orderBy(asc(expiresAt))
      return q
        .delete(pending)
        .where(inArray(id, old.limit(limit)))
        .returning({ id })
    },
  }

  return {
    forget: async (what, before, limit) => ((await deletes[what](before, limit)) as unknown[]).length,
  }
}
