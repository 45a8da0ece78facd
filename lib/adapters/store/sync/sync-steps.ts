import { randomUUID } from 'node:crypto'
import { and, desc, eq, inArray, isNull, lt, notInArray, sql } from 'drizzle-orm'
import { sortNameOf } from '#lib/domain/support/search-words.ts'
import { facetOf, sortAtOf } from '#lib/domain/sync/records/record-view.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { ClaimedList, StepWrite, SyncStore } from '#lib/ports/sync.ts'
import type { Database } from '../engine/database.ts'
import type { Queries, Statement } from '../engine/queries.ts'
import { writeEntry } from '../journal/journal.ts'
import { enqueueChangeEvent } from '../notifications/change-events.ts'
import { queueDeliveries } from '../notifications/deliveries.ts'
import { forgetWords, writeWords } from './record-words.ts'

/** Runs that are kept for a list. */
const runsKept = 20

/** What of a record a tombstone keeps: none of it. */
export const tombstone = (change: number, now: Date) => ({
  ...{ name: '', sortName: '', digest: '', status: null, body: null, addedAt: null, updatedAt: null },
  ...{ sortAt: null, facet: null, missingAt: null, keptAt: null, deletedAt: now, change, changedAt: now },
})

export const stepRows = (db: Database): Pick<SyncStore, 'store'> => {
  const { tables, among, time } = db

  const upsert = (
    q: Queries,
    { tenantId, list }: ClaimedList,
    { changed, now }: StepWrite,
    change: number,
  ): Statement[] => {
    if (!changed?.length) return []
    const rows = changed.map((record) => {
      const { id, body, digest, name, status, addedAt, updatedAt } = record
      return {
        ...{ tenantId, providerId: id, body, digest, name, status, addedAt, updatedAt },
        ...{ sortName: sortNameOf(name), sortAt: sortAtOf(record), facet: facetOf(syncedLists[list], record) },
        ...{ change, changedAt: now, deletedAt: null, missingAt: null, keptAt: null },
      }
    })
    return [
      db.upsert(q, { into: tables[list], rows, key: ['tenantId', 'providerId'] }),
      ...writeWords(db, q, { tenantId, list }, changed),
    ]
  }

  const mark = (q: Queries, { tenantId, list }: ClaimedList, write: StepWrite, change: number): Statement[] => {
    const { returned, missing, deleted, purged, metErased, erasedGoneBefore, now } = write
    const table = tables[list]
    const { erasedIds } = tables
    const erased = and(eq(erasedIds.tenantId, tenantId), eq(erasedIds.kind, list))
    const these = (ids: readonly string[]) => and(eq(table.tenantId, tenantId), among(table.providerId, ids))
    return [
      ...(returned?.length ? [q.update(table).set({ missingAt: null, keptAt: null }).where(these(returned))] : []),
      ...(missing?.length
        ? [
            q
              .update(table)
              .set({ missingAt: now })
              .where(and(these(missing), isNull(table.missingAt), isNull(table.deletedAt))),
          ]
        : []),
      ...(deleted?.length
        ? [
            ...forgetWords(db, q, { tenantId, list }, deleted),
            q
              .update(table)
              .set(tombstone(change, now))
              .where(and(these(deleted), isNull(table.deletedAt))),
          ]
        : []),
      ...(purged?.length
        ? [q.delete(table).where(and(eq(table.tenantId, tenantId), inArray(table.n, [...purged])))]
        : []),
      ...(metErased?.length
        ? [
            q
              .update(erasedIds)
              .set({ metAt: now })
              .where(and(erased, among(erasedIds.idHash, metErased))),
          ]
        : []),
      ...(erasedGoneBefore
        ? [
            q
              .update(erasedIds)
              .set({ metAt: null })
              .where(and(erased, lt(erasedIds.metAt, erasedGoneBefore))),
          ]
        : []),
    ]
  }

  const tell = (q: Queries, { tenantId, list, requestedBy }: ClaimedList, { ended, tally, now }: StepWrite) => {
    if (!ended) return []
    const { syncRuns } = tables
    const ofList = and(eq(syncRuns.tenantId, tenantId), eq(syncRuns.list, list))
    const newest = q.select({ id: syncRuns.id }).from(syncRuns).where(ofList)
    return [
      q.insert(syncRuns).values({
        ...{ id: randomUUID(), tenantId, list, requestedBy, tally, finishedAt: now },
        ...ended,
      }),
      q
        .delete(syncRuns)
        .where(
          and(
            ofList,
            notInArray(syncRuns.id, newest.orderBy(desc(syncRuns.finishedAt), desc(syncRuns.id)).limit(runsKept)),
          ),
        ),
    ]
  }

  return {
    store: async (claimed, write) => {
      const { syncStates } = tables
      const { now, dueInMs, completeAt, provenAt, newEpoch } = write
      const touched = (write.changed?.length ?? 0) + (write.deleted?.length ?? 0) > 0
      const change = claimed.change + (touched ? 1 : 0)
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(syncStates)
            .set({
              ...{ checkpoint: write.checkpoint, phase: write.phase, tally: write.tally, startedAt: write.startedAt },
              ...{ requestedBy: write.requestedBy, failure: write.failure, attempts: write.attempts },
              ...{ heldAt: write.heldAt, accountId: write.accountId },
              ...{ step: claimed.step + 1, change, leaseOwner: null, leaseUntil: null },
              dueAt: dueInMs === null ? null : time.plus(dueInMs, now),
              ...(completeAt && { completeAt }),
              ...(provenAt && { provenAt }),
              ...(newEpoch && {
                epoch: sql`${syncStates.epoch} + 1`,
                epochChange: change,
                completeAt: null,
                provenAt: null,
              }),
            })
            .where(
              and(
                eq(syncStates.id, claimed.id),
                eq(syncStates.leaseOwner, claimed.owner),
                eq(syncStates.step, claimed.step),
                isNull(syncStates.stoppedAt),
              ),
            )
            .returning({ id: syncStates.id }),
        then: (q) => [
          ...upsert(q, claimed, write, change),
          ...mark(q, claimed, write, change),
          ...tell(q, claimed, write),
          ...(touched ? enqueueChangeEvent(db, q, claimed, now) : []),
          ...write.entries.map((entry) => writeEntry(db, q, entry)),
          ...(write.deliveries?.length ? [queueDeliveries(db, q, write.deliveries, now)] : []),
        ],
      })
      return won !== null
    },
  }
}
