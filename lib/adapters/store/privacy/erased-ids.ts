import { randomUUID } from 'node:crypto'
import { and, asc, count, eq, isNotNull, isNull, lt, max, min } from 'drizzle-orm'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { ErasedIdStore } from '#lib/ports/privacy.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'
import { forgetWords } from '../sync/record-words.ts'
import { tombstone } from '../sync/sync-steps.ts'

export const erasedIdStore = (db: Database): ErasedIdStore => {
  const { erasureKeys, erasedIds, syncStates, webhookHints } = db.tables
  const ofList = (tenantId: TenantId, list: ListId) => and(eq(erasedIds.tenantId, tenantId), eq(erasedIds.kind, list))

  return {
    findKey: async (tenantId) => {
      const [row] = await db.q
        .select({ sealedKey: erasureKeys.sealedKey })
        .from(erasureKeys)
        .where(eq(erasureKeys.tenantId, tenantId))
      return row?.sealedKey ?? null
    },
    addKey: async (tenantId, sealedKey, createdAt) => {
      await db.q.insert(erasureKeys).values({ tenantId, sealedKey, createdAt }).onConflictDoNothing()
    },
    among: async (tenantId, list, hashes) => {
      const rows = await db.q
        .select({ idHash: erasedIds.idHash })
        .from(erasedIds)
        .where(and(ofList(tenantId, list), db.among(erasedIds.idHash, hashes)))
      return rows.map(({ idHash }) => idHash)
    },
    countMet: async (tenantId, list, before) => {
      const met = before ? lt(erasedIds.metAt, before) : isNotNull(erasedIds.metAt)
      const [row] = await db.q
        .select({ n: count() })
        .from(erasedIds)
        .where(and(ofList(tenantId, list), met))
      return row?.n ?? 0
    },
    list: async (tenantId) => {
      const { kind, erasedAt } = erasedIds
      const rows = await db.q
        .select({ list: kind, count: count(), first: min(erasedAt), last: max(erasedAt) })
        .from(erasedIds)
        .where(eq(erasedIds.tenantId, tenantId))
        .groupBy(kind)
        .orderBy(asc(kind))
      return rows.flatMap(({ first, last, ...row }) => (first && last ? [{ ...row, first, last }] : []))
    },
    erase: async ({ tenantId, list, idHash, providerId }, { step, change }, entry) => {
      const { at: now, actor } = entry
      const erasedBy = actor.kind === 'user' ? actor.userId : actor.kind
      const table = db.tables[list]
      const record = and(eq(table.tenantId, tenantId), eq(table.providerId, providerId))
      const [kept] = await db.q
        .select({ keptAt: table.keptAt })
        .from(table)
        .where(and(record, isNotNull(table.keptAt)))
      const erased = await db.atomically({
        guard: (q) =>
          q
            .update(syncStates)
            .set({ step: step + 1, change: change + 1, leaseOwner: null, leaseUntil: null })
            .where(and(eq(syncStates.tenantId, tenantId), eq(syncStates.list, list), eq(syncStates.step, step)))
            .returning({ id: syncStates.id }),
        then: (q) => [
          q
            .insert(erasedIds)
            .values({
              ...{ id: randomUUID(), tenantId, kind: list, idHash, erasedAt: now, erasedBy },
              // one that was kept is not at the provider any more
              metAt: kept ? null : now,
            })
            .onConflictDoNothing(),
          ...forgetWords(db, q, { tenantId, list }, [providerId]),
          q
            .update(table)
            .set(tombstone(change + 1, now))
            .where(and(record, isNull(table.deletedAt))),
          q
            .delete(webhookHints)
            .where(and(eq(webhookHints.tenantId, tenantId), eq(webhookHints.providerId, providerId))),
          writeEntry(db, q, entry),
        ],
      })
      return erased !== null
    },
    lift: async ({ tenantId, list, idHash, providerId }, entry) => {
      const lifted = await db.atomically({
        guard: (q) =>
          q
            .delete(erasedIds)
            .where(and(ofList(tenantId, list), eq(erasedIds.idHash, idHash)))
            .returning({ id: erasedIds.id }),
        then: (q) => [
          ...(list === 'companies' || list === 'contacts'
            ? [
                q
                  .insert(webhookHints)
                  .values({ id: randomUUID(), tenantId, kind: list, providerId, told: 1, dueAt: entry.at })
                  .onConflictDoNothing(),
              ]
            : []),
          writeEntry(db, q, entry),
        ],
      })
      return lifted !== null
    },
  }
}
