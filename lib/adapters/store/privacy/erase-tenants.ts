import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import type { PersonalDataStore } from '#lib/ports/privacy.ts'
import { begunErasing } from '../accounts/archived.ts'
import type { Database } from '../engine/database.ts'
import type { Queries, Statement } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { forgetOfTenant } from '../journal/retention.ts'

type Methods = Pick<PersonalDataStore, 'closeTenant' | 'listErasing' | 'countRecords' | 'eraseRows' | 'eraseTenant'>

/** A customer is erased bit by bit, by whoever goes on with it. */
export const eraseTenants = (
  db: Database,
  forgetBuckets: (q: Queries, buckets: readonly string[]) => Statement[],
): Methods => {
  const { tables } = db
  const { users, tenants, sessions, connections, apiKeys, oneTimeLinks: links, journal } = tables
  const { companies, contacts, departments, dossiers, syncRuns, webhookHints, deliveries, erasedIds } = tables
  const lists = [companies, contacts, departments, dossiers]
  const others = [syncRuns, webhookHints, deliveries, erasedIds]

  const listErasing = async () => {
    const rows = await db.q
      .select({ id: tenants.id, name: tenants.name, since: journal.at, kind: journal.actor, userId: journal.userId })
      .from(journal)
      .innerJoin(tenants, eq(tenants.id, sql`${journal.detail} ->> 'tenant'`))
      .where(eq(journal.event, begunErasing))
      .orderBy(asc(journal.at), asc(journal.id))
    return rows.map(({ kind, userId, ...tenant }) => ({
      ...tenant,
      actor: kind === 'user' ? { kind, userId: userId ?? '' } : { kind },
    }))
  }

  return {
    closeTenant: async (tenantId, archivedAt, entry) => {
      const people = (q: Queries) => q.select({ id: users.id }).from(users).where(eq(users.tenantId, tenantId))
      const begun = (await listErasing()).some(({ id }) => id === tenantId)
      const closed = await db.atomically({
        guard: (q) =>
          q
            .update(tenants)
            .set({ archivedAt: archivedAt ?? entry.at })
            .where(and(eq(tenants.id, tenantId), archivedAt === null ? undefined : eq(tenants.archivedAt, archivedAt)))
            .returning({ id: tenants.id }),
        then: (q) => [
          q.delete(sessions).where(inArray(sessions.userId, people(q))),
          q.delete(links).where(inArray(links.userId, people(q))),
          q.delete(apiKeys).where(eq(apiKeys.tenantId, tenantId)),
          q.delete(connections).where(eq(connections.tenantId, tenantId)),
          ...(begun ? [] : [writeEntry(db, q, entry)]),
        ],
      })
      return closed !== null
    },

    listErasing,

    countRecords: async (tenantId) => {
      let records = 0
      for (const table of lists) {
        const [row] = await db.q.select({ n: count() }).from(table).where(eq(table.tenantId, tenantId))
        records += row?.n ?? 0
      }
      return records
    },

    eraseRows: async (tenantId, limit) => {
      const there = await db.atomically({
        // whoever else goes on with the same one waits here
        guard: (q) =>
          q
            .update(tenants)
            .set({ name: sql`${tenants.name}` })
            .where(eq(tenants.id, tenantId))
            .returning({ id: tenants.id }),
        then: (q) => [
          forgetOfTenant(db, q, tenantId, limit),
          ...lists.map((table) => {
            const some = q.select({ n: table.n }).from(table).where(eq(table.tenantId, tenantId)).limit(limit)
            return q.delete(table).where(inArray(table.n, some))
          }),
          ...others.map((table) => {
            const some = q.select({ id: table.id }).from(table).where(eq(table.tenantId, tenantId)).limit(limit)
            return q.delete(table).where(inArray(table.id, some))
          }),
        ],
      })
      if (there === null) return false
      for (const table of [...lists, ...others, journal]) {
        const [left] = await db.q.select({ one: sql`1` }).from(table).where(eq(table.tenantId, tenantId)).limit(1)
        if (left) return true
      }
      return false
    },

    eraseTenant: async (tenantId, buckets, entry) => {
      await db.atomically({
        guard: (q) => q.delete(tenants).where(eq(tenants.id, tenantId)).returning({ id: tenants.id }),
        // what a request that was under way wrote meanwhile goes too
        then: (q) => [...forgetBuckets(q, buckets), forgetOfTenant(db, q, tenantId), writeEntry(db, q, entry)],
      })
    },
  }
}
