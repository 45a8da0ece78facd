import { randomUUID } from 'node:crypto'
import { and, asc, eq, exists, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { noTally } from '#lib/domain/sync/tally.ts'
import type { ClaimedList, SyncStore } from '#lib/ports/sync.ts'
import type { Database } from '../engine/database.ts'
import { insertFrom } from '../engine/inserts.ts'
import { writeEntry } from '../journal/journal.ts'

type Methods = Pick<SyncStore, 'adopt' | 'claimDue' | 'claimList' | 'release' | 'find' | 'intervene'>

const free = { leaseOwner: null, leaseUntil: null }

/** The rows that are the jobs: who reads a page of which list next. */
export const stateRows = (db: Database): Methods => {
  const { tables, time } = db
  const { syncStates, connections } = tables

  /** A connection whose data can be read now. */
  const works = and(
    eq(connections.enabled, true),
    isNull(connections.restoredAt),
    isNotNull(connections.tokenSetId),
    inArray(connections.state, ['connected', 'degraded']),
  )
  const ofList = ({ tenantId, list }: Pick<ClaimedList, 'tenantId' | 'list'>) =>
    and(eq(syncStates.tenantId, tenantId), eq(syncStates.list, list))

  /** Whether the last claim found nothing; one that found some is soon followed by the next. */
  let idle = true

  const isFree = (now: Date) => or(isNull(syncStates.leaseUntil), time.past(syncStates.leaseUntil, now))

  return {
    adopt: async (lists, checkpoint, now) => {
      for (const { id: list, provider } of lists) {
        const known = db.q
          .select({ one: sql`1` })
          .from(syncStates)
          .where(and(eq(syncStates.tenantId, connections.tenantId), eq(syncStates.list, list)))
        await insertFrom(
          db.q,
          syncStates,
          {
            ...{ list, provider, checkpoint, tally: noTally, dueAt: time.plus(0, now) },
            ...{ epoch: 1, epochChange: 0, forgottenChange: 0, step: 0, change: 0, attempts: 0 },
            id: sql`${connections.id} || ${`-${list}`}`,
            tenantId: connections.tenantId,
            connectionId: connections.id,
          },
          connections,
          and(eq(connections.provider, provider), works, notExists(known)),
        ).onConflictDoNothing()
      }
      const working = db.q
        .select({ one: sql`1` })
        .from(connections)
        .where(and(eq(connections.id, syncStates.connectionId), works))
      await db.q
        .update(syncStates)
        .set({ dueAt: time.plus(0, now) })
        .where(and(isNull(syncStates.dueAt), isNull(syncStates.stoppedAt), exists(working)))
    },
    claimDue: async (limit, leaseMs, now) => {
      const due = and(time.past(syncStates.dueAt, now), isFree(now))
      const next = (count: number) =>
        db.q.select({ id: syncStates.id }).from(syncStates).where(due).orderBy(asc(syncStates.dueAt)).limit(count)
      // nearly always there is none: then nothing waits for a writer
      if (idle && (await next(1)).length === 0) return []
      const owner = randomUUID()
      const rows = await db.q
        .update(syncStates)
        .set({ leaseOwner: owner, leaseUntil: time.plus(leaseMs, now) })
        .where(and(db.toClaim(syncStates.id, next(limit)), due))
        .returning()
      idle = rows.length === 0
      return rows.map((row) => ({ ...row, owner }))
    },
    claimList: async (tenantId, list, leaseMs, now) => {
      const owner = randomUUID()
      const [row] = await db.q
        .update(syncStates)
        .set({ leaseOwner: owner, leaseUntil: time.plus(leaseMs, now) })
        .where(and(ofList({ tenantId, list }), isFree(now), isNull(syncStates.stoppedAt), isNotNull(syncStates.dueAt)))
        .returning()
      return row ? { ...row, owner } : null
    },
    release: async ({ id, owner, step }, dueInMs, now) => {
      await db.q
        .update(syncStates)
        .set({ ...free, dueAt: dueInMs === null ? null : time.plus(dueInMs, now) })
        .where(
          and(
            eq(syncStates.id, id),
            eq(syncStates.leaseOwner, owner),
            eq(syncStates.step, step),
            isNull(syncStates.stoppedAt),
          ),
        )
    },
    find: async (tenantId, list) => {
      const [row] = await db.q.select().from(syncStates).where(ofList({ tenantId, list }))
      return row ?? null
    },
    intervene: async (of, { step }, { checkpoint, stopped, requestedBy, answer, due }, { now, entry }) => {
      const records = tables[of.list]
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(syncStates)
            .set({
              ...free,
              step: step + 1,
              dueAt: due ? time.plus(0, now) : null,
              ...(checkpoint && { checkpoint }),
              ...(requestedBy && { requestedBy, failure: null, attempts: 0 }),
              ...(answer && { heldAt: null }),
              ...(stopped ? { stoppedAt: now, stoppedBy: stopped.by } : { stoppedAt: null, stoppedBy: null }),
            })
            .where(and(ofList(of), eq(syncStates.step, step)))
            .returning({ id: syncStates.id }),
        then: (q) => [
          ...(answer === 'keep'
            ? [
                q
                  .update(records)
                  .set({ keptAt: now })
                  .where(and(eq(records.tenantId, of.tenantId), isNotNull(records.missingAt), isNull(records.keptAt))),
              ]
            : []),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
  }
}
