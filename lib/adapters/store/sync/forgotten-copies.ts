import { and, eq, exists, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { firstCheckpoint } from '#lib/domain/sync/checkpoint.ts'
import { noTally } from '#lib/domain/sync/tally.ts'
import type { SyncStore } from '#lib/ports/sync.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'

type State = Database['tables']['syncStates']['$inferSelect']

/** Copies of connections that were cut long ago. Whoever connects again meanwhile begins anew. */
export const forgottenCopies = (db: Database): Pick<SyncStore, 'forgetCut'> => {
  const { q, tables } = db
  const { syncStates, connections, syncRuns, webhookHints } = tables

  const isCut = (connectionId: SQL | State['connectionId'], before: Date) =>
    exists(
      q
        .select({ one: sql`1` })
        .from(connections)
        .where(
          and(eq(connections.id, connectionId), isNull(connections.tokenSetId), lt(connections.disconnectedAt, before)),
        ),
    )

  /** Ends a copy: from here on nobody takes what is left of it for whole, and a later one is of another epoch. */
  const end = ({ id, tenantId, connectionId, list, step }: State, before: Date, now: Date) =>
    db.atomically({
      guard: (q) =>
        q
          .update(syncStates)
          .set({
            ...{ step: step + 1, epoch: sql`${syncStates.epoch} + 1`, phase: null, tally: noTally },
            checkpoint: { ...firstCheckpoint(now.getTime()), purging: true },
            ...{ dueAt: null, leaseOwner: null, leaseUntil: null, requestedBy: null, failure: null, attempts: 0 },
            ...{ accountId: null, completeAt: null, provenAt: null, heldAt: null, startedAt: now },
          })
          .where(and(eq(syncStates.id, id), eq(syncStates.step, step), isCut(connectionId, before)))
          .returning({ id: syncStates.id }),
      then: (q) => [
        q.delete(syncRuns).where(and(eq(syncRuns.tenantId, tenantId), eq(syncRuns.list, list))),
        q.delete(webhookHints).where(and(eq(webhookHints.tenantId, tenantId), sql`${webhookHints.kind} = ${list}`)),
        writeEntry(
          db,
          q,
          journalEntry({
            ...{ at: now, tenantId, connectionId, actor: { kind: 'system' } },
            ...{ event: 'sync.purged', detail: { list } },
          }),
        ),
      ],
    })

  /** @returns how many rows were deleted */
  const deleteSome = async ({ tenantId, connectionId, list }: State, before: Date, limit: number): Promise<number> => {
    const table = tables[list]
    const some = q
      .select({ n: table.n })
      .from(table)
      .where(and(eq(table.tenantId, tenantId), isCut(connectionId, before)))
      .limit(limit)
    return (await q.delete(table).where(inArray(table.n, some)).returning({ n: table.n })).length
  }

  return {
    forgetCut: async (before, limit, now) => {
      const { accountId, startedAt, completeAt, connectionId } = syncStates
      const [found] = await q
        .select()
        .from(syncStates)
        .where(
          and(
            or(isNotNull(accountId), isNotNull(startedAt), isNotNull(completeAt)),
            isCut(sql`${connectionId}`, before),
          ),
        )
        .limit(1)
      if (!found) return false
      if (!found.checkpoint.purging) await end(found, before, now)
      else if ((await deleteSome(found, before, limit)) < limit)
        await q
          .update(syncStates)
          .set({ startedAt: null, checkpoint: firstCheckpoint(now.getTime()) })
          .where(and(eq(syncStates.id, found.id), eq(syncStates.step, found.step)))
      return true
    },
  }
}
