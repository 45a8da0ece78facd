import { and, desc, eq, gt, inArray, type SQL } from 'drizzle-orm'
import type { AuthorizationStore, NewPending } from '#lib/ports/authorization.ts'
import { changeStatus } from '../connections/connection-status.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'

type Methods = Pick<
  AuthorizationStore,
  | 'addPending'
  | 'findPending'
  | 'findParked'
  | 'park'
  | 'claimExchange'
  | 'openExchange'
  | 'refusePending'
  | 'failExchange'
>

export const pendingAuthorizationStore = (db: Database): Methods => {
  const { connections, pendingAuthorizations: pending } = db.tables
  const clearFailure = { authorizationFailure: null, authorizationFailureAt: null }
  const rowOf = (from: NewPending, step: 'pending' | 'exchanging', now: Date) => ({
    ...from,
    step,
    createdAt: now,
    steppedAt: now,
  })
  const first = async (where: SQL | undefined) => {
    const [row] = await db.q.select().from(pending).where(where).orderBy(desc(pending.steppedAt)).limit(1)
    return row ?? null
  }
  return {
    addPending: async (start, { now, entry }) => {
      await db.atomically({
        guard: (q) =>
          q
            .update(connections)
            .set(clearFailure)
            .where(and(eq(connections.id, start.connectionId), eq(connections.tenantId, start.tenantId)))
            .returning({ id: connections.id }),
        then: (q) => [
          q
            .update(pending)
            .set({ step: 'failed', steppedAt: now, sealedCode: null, sealedVerifier: null })
            .where(
              and(
                eq(pending.connectionId, start.connectionId),
                eq(pending.nonceHash, start.nonceHash),
                eq(pending.step, 'parked'),
              ),
            ),
          q.insert(pending).values(rowOf(start, 'pending', now)),
          writeEntry(db, q, entry),
        ],
      })
    },
    findPending: (stateHash) => first(eq(pending.stateHash, stateHash)),
    findParked: (nonceHash, now) =>
      first(and(eq(pending.nonceHash, nonceHash), eq(pending.step, 'parked'), gt(pending.expiresAt, now))),
    park: async ({ id, stateHash, nonceHash, sealedCode, expiresAt }, { now, entry }) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(pending)
            .set({ step: 'parked', steppedAt: now, expiresAt, sealedCode })
            .where(
              and(
                eq(pending.id, id),
                eq(pending.stateHash, stateHash),
                eq(pending.nonceHash, nonceHash),
                eq(pending.step, 'pending'),
                gt(pending.expiresAt, now),
              ),
            )
            .returning({ id: pending.id }),
        then: (q) => [writeEntry(db, q, entry)],
      })
      return won !== null
    },
    claimExchange: async ({ id, stateHash, nonceHash, userId, tenantId }, now) => {
      const [won] = await db.q
        .update(pending)
        .set({ step: 'exchanging', steppedAt: now, sealedCode: null })
        .where(
          and(
            eq(pending.id, id),
            stateHash === null ? eq(pending.step, 'parked') : eq(pending.stateHash, stateHash),
            eq(pending.nonceHash, nonceHash),
            eq(pending.userId, userId),
            eq(pending.tenantId, tenantId),
            inArray(pending.step, ['pending', 'parked']),
            gt(pending.expiresAt, now),
          ),
        )
        .returning({ id: pending.id })
      return won !== undefined
    },
    openExchange: async (opened, now) => {
      const row = rowOf(opened, 'exchanging', now)
      const [won] = await db.q
        .insert(pending)
        .values(row)
        .onConflictDoUpdate({
          target: pending.stateHash,
          set: { ...row, sealedCode: null, failure: null },
          setWhere: and(eq(pending.tenantId, opened.tenantId), eq(pending.step, 'failed')) as SQL,
        })
        .returning({ id: pending.id })
      return won !== undefined
    },
    refusePending: async ({ id, stateHash, nonceHash, userId, tenantId, failure }, { now, entry }) => {
      const connectionOfIt = db.q.select({ id: pending.connectionId }).from(pending).where(eq(pending.id, id))
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(pending)
            .set({ step: 'failed', steppedAt: now, failure, sealedVerifier: null })
            .where(
              and(
                eq(pending.id, id),
                eq(pending.stateHash, stateHash),
                eq(pending.nonceHash, nonceHash),
                eq(pending.userId, userId),
                eq(pending.tenantId, tenantId),
                eq(pending.step, 'pending'),
                gt(pending.expiresAt, now),
              ),
            )
            .returning({ id: pending.id }),
        then: (q) => [
          q
            .update(connections)
            .set({ authorizationFailure: failure, authorizationFailureAt: now })
            .where(inArray(connections.id, connectionOfIt)),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
    failExchange: async (
      { pendingId, connectionId, failure, lasting, authStatus, statusChange, parked },
      { now, entry },
    ) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(pending)
            .set({
              ...(parked ? { step: 'parked', ...parked } : { step: 'failed', sealedVerifier: null }),
              steppedAt: now,
              failure,
            })
            .where(and(eq(pending.id, pendingId), eq(pending.step, 'exchanging')))
            .returning({ id: pending.id }),
        then: (q) => [
          ...(lasting || authStatus
            ? [
                q
                  .update(connections)
                  .set({
                    ...(lasting && { authorizationFailure: failure, authorizationFailureAt: now }),
                    ...(authStatus && { authStatus, authStatusAt: now }),
                  })
                  .where(eq(connections.id, connectionId)),
              ]
            : []),
          ...changeStatus(db, q, connectionId, statusChange, now),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
  }
}
