import { randomUUID } from 'node:crypto'
import { and, asc, count, eq, gte, inArray, isNotNull, isNull, lt, max, notInArray, sql } from 'drizzle-orm'
import { journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Quarantine, RestoreStore } from '#lib/ports/operations.ts'
import type { Database } from '../engine/database.ts'
import type { Queries, Statement } from '../engine/queries.ts'
import { writeEntry, writeEntryOfEach } from '../journal/journal.ts'

const name = 'token_stored'

/** What was under way when the backup was made is over, or was done since. */
const dropUnderWay = ({ tables }: Database, q: Queries, now: Date): Statement[] => {
  const { connections, tokenSets, deliveries, outages, outageHistory, tokenCalls, incidents } = tables
  const used = q.select({ id: connections.tokenSetId }).from(connections).where(isNotNull(connections.tokenSetId))
  return [
    q.update(connections).set({ candidateId: null }).where(isNotNull(connections.candidateId)),
    q.delete(tokenSets).where(notInArray(tokenSets.id, used)),
    q.update(tokenSets).set({ refreshDueAt: null }).where(isNotNull(tokenSets.refreshDueAt)),
    // a back end is told of the present alone; what was to be mailed stays in the log
    q.delete(deliveries).where(and(isNotNull(deliveries.dueAt), eq(deliveries.channel, 'webhook'))),
    q.update(deliveries).set({ dueAt: null }).where(isNotNull(deliveries.dueAt)),
    q
      .update(incidents)
      .set({ recoveryToldAt: now })
      .where(and(isNotNull(incidents.closedAt), isNull(incidents.recoveryToldAt))),
    q.delete(outages),
    q.update(outageHistory).set({ outcome: 'restored', endedAt: now }).where(isNull(outageHistory.endedAt)),
    q.delete(tokenCalls),
  ]
}

export const restoreStore = (db: Database): RestoreStore => {
  const { connections, tokenSets, journal, highWaterMarks, syncStates } = db.tables
  const mark = eq(highWaterMarks.name, name)

  /** For a decision; what an archived customer has waits with the customer. */
  const waits = and(isNotNull(connections.restoredAt), isNull(connections.archivedAt))

  const flag = (q: Queries, { restoredAt, now }: Quarantine): Statement[] => {
    const fresh = and(isNotNull(connections.tokenSetId), isNull(connections.restoredAt)) ?? sql`false`
    const about = { at: now, tenantId: null, actor: { kind: 'system' } } as const
    const entryOf = (event: 'candidate.forgotten' | 'connection.quarantined') =>
      writeEntryOfEach(db, q, journalEntry({ ...about, event }), event === 'candidate.forgotten' ? waiting : fresh)
    const waiting = isNotNull(connections.candidateId)
    return [
      entryOf('candidate.forgotten'),
      entryOf('connection.quarantined'),
      // change numbers are given anew: a cursor of the time that is lost would skip them
      q
        .update(syncStates)
        .set({ epoch: sql`${syncStates.epoch} + 1` })
        .where(inArray(syncStates.connectionId, q.select({ id: connections.id }).from(connections).where(fresh))),
      q.update(connections).set({ restoredAt }).where(fresh),
      ...dropUnderWay(db, q, now),
    ]
  }

  const countRestored = async () => {
    const [row] = await db.q
      .select({ count: count(), from: max(connections.restoredAt) })
      .from(connections)
      .where(waits)
    return { count: row?.count ?? 0, from: row?.from ?? null }
  }

  return {
    findMark: async () => {
      const [row] = await db.q.select({ at: highWaterMarks.at }).from(highWaterMarks).where(mark)
      return row?.at ?? null
    },
    raiseMark: async (from, to) => {
      const [raised] =
        from === null
          ? await db.q
              .insert(highWaterMarks)
              .values({ name, at: to })
              .onConflictDoNothing()
              .returning({ at: highWaterMarks.at })
          : await db.q
              .update(highWaterMarks)
              .set({ at: to })
              .where(and(mark, gte(highWaterMarks.at, from), lt(highWaterMarks.at, to)))
              .returning({ at: highWaterMarks.at })
      return raised !== undefined
    },
    findNewest: async () => {
      const [row] = await db.q.select({ at: max(journal.at) }).from(journal)
      return row?.at ?? null
    },
    quarantine: async (quarantine) => {
      const { behind } = quarantine
      const target = highWaterMarks.name
      const won = await db.atomically({
        guard: (q) =>
          (behind === null
            ? q
                .insert(highWaterMarks)
                .values({ name, at: quarantine.restoredAt })
                .onConflictDoUpdate({ target, set: { name } })
            : q
                .insert(highWaterMarks)
                .values({ name, at: behind })
                .onConflictDoUpdate({ target, set: { at: behind }, setWhere: lt(highWaterMarks.at, behind) })
          ).returning({ name: highWaterMarks.name }),
        then: (q) => flag(q, quarantine),
      })
      return won === null ? null : (await countRestored()).count
    },
    countRestored,
    listRestored: (limit) =>
      db.q
        .select({ tenantId: connections.tenantId, provider: connections.provider })
        .from(connections)
        .where(waits)
        .orderBy(asc(connections.restoredAt), asc(connections.id))
        .limit(limit),
    resume: async ({ tenantId, connectionId, tokenSetId, restoredAt }, { fingerprint, due }, entry) => {
      const now = entry.at
      const intent = fingerprint && {
        intentAt: db.time.plus(0, now),
        intentOwner: randomUUID(),
        intentFingerprint: fingerprint,
      }
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(connections)
            .set({ restoredAt: null })
            .where(
              and(
                eq(connections.id, connectionId),
                eq(connections.tenantId, tenantId),
                eq(connections.tokenSetId, tokenSetId),
                eq(connections.restoredAt, restoredAt),
                isNull(connections.archivedAt),
              ),
            )
            .returning({ id: connections.id }),
        then: (q) => [
          q
            .update(tokenSets)
            .set({ refreshDueAt: due ? db.time.plus(0, now) : null, ...intent })
            .where(eq(tokenSets.id, tokenSetId)),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
  }
}
