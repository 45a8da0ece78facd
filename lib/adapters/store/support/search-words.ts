import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { searchWordsOf, sortNameOf } from '#lib/domain/support/search-words.ts'
import type { ConsoleStore } from '#lib/ports/support.ts'
import type { Database } from '../engine/database.ts'
import type { Queries, Statement } from '../engine/queries.ts'

/** The inserts of what a tenant is found by, to stand beside the row they tell of. */
export const writeSearchWords = (
  { tables: { searchWords } }: Database,
  q: Queries,
  tenantId: TenantId,
  texts: readonly (string | null)[],
): Statement[] => {
  const messages = searchWordsOf(texts)
  return messages.length === 0
    ? []
    : [
        q
          .insert(searchWords)
          .values(messages.map((word) => ({ tenantId, word })))
          .onConflictDoNothing(),
      ]
}

/** The first of a tenant's connections, which it has from its creation on. */
export const writeFirstConnection = (
  { tables: { connections } }: Database,
  q: Queries,
  { tenantId, sortName, at }: { tenantId: TenantId; sortName: string; at: Date },
): Statement =>
  q
    .insert(connections)
    .values({
      ...{ id: randomUUID(), tenantId, provider: 'teamleader', sortName },
      ...{ revision: 0, enabled: true, state: 'unconfigured', since: at, attempts: 0 },
    })
    .onConflictDoNothing()

/** Tenants from before there was a search: without a name to sort by, found by its index. */
export const searchIndex = (db: Database): Pick<ConsoleStore, 'indexTenants'> => {
  const { tenants, users, connections } = db.tables
  const bare = eq(tenants.sortName, '')

  const complete = async ({ id, name, ref, createdAt }: typeof tenants.$inferSelect) => {
    const admins = await db.q.select({ email: users.email }).from(users).where(eq(users.tenantId, id))
    const sortName = sortNameOf(name)
    await db.atomically({
      guard: (q) =>
        q
          .update(tenants)
          .set({ sortName })
          .where(and(eq(tenants.id, id), bare))
          .returning({ id: tenants.id }),
      then: (q) => [
        ...writeSearchWords(db, q, id, [name, ref, ...admins.map(({ email }) => email)]),
        writeFirstConnection(db, q, { tenantId: id, sortName, at: createdAt }),
        q.update(connections).set({ sortName }).where(eq(connections.tenantId, id)),
      ],
    })
  }

  return {
    indexTenants: async (limit) => {
      const rows = await db.q.select().from(tenants).where(bare).limit(limit)
      for (const row of rows) await complete(row)
      return rows.length
    },
  }
}
