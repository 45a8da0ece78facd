import { randomUUID } from 'node:crypto'
import { and, eq, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { CallOutcome } from '#lib/domain/tokens/refresh-policy.ts'
import type { Lease, TokenStore } from '#lib/ports/tokens.ts'
import { writeStatus } from '../connections/connection-status.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { atomicallyWithReserve } from '../engine/reserve.ts'
import { writeEntry, writeEntryWhere } from '../journal/journal.ts'

type Methods = Pick<
  TokenStore,
  'takeLease' | 'renewLease' | 'dropLease' | 'openIntent' | 'storeFresh' | 'storeFailure' | 'queueInterrupted'
>

interface After {
  status: ConnectionStatus
  authStatus: string | null
  call: CallOutcome
  /** Milliseconds; null when nothing is tried by itself. */
  nextAttemptInMs: number | null
  entries: JournalEntry[]
  now: Date
}

const noLease = { leaseOwner: null, leaseUntil: null }
const noIntent = { intentAt: null, intentOwner: null, intentFingerprint: null }

/** Lease, intent and version of a token set: who alone may ask for a new pair, and what is known of the last try. */
export const leaseRows = (db: Database): Methods => {
  const { tables, time } = db
  const { tokenSets, connections, tokenCalls } = tables

  const ours = ({ tokenSet, owner }: Lease) =>
    and(
      eq(tokenSets.id, tokenSet.tokenSetId),
      eq(tokenSets.generation, tokenSet.version),
      eq(tokenSets.leaseOwner, owner),
    )

  /** The connection follows the token set that it uses; a candidate's refresh leaves it alone. */
  const follow = (
    q: Queries,
    { tokenSet }: Lease,
    { status, authStatus, call, nextAttemptInMs, entries, now }: After,
  ) => [
    q.insert(tokenCalls).values({
      id: randomUUID(),
      provider: tokenSet.provider,
      tokenSetId: tokenSet.tokenSetId,
      at: time.plus(0, now),
      outcome: call,
    }),
    ...(tokenSet.inUse
      ? writeStatus(
          db,
          q,
          {
            tenantId: tokenSet.tenantId,
            connectionId: tokenSet.connectionId,
            holds: eq(connections.tokenSetId, tokenSet.tokenSetId),
          },
          status,
          now,
          {
            nextAttemptAt: nextAttemptInMs === null ? null : time.plus(nextAttemptInMs, now),
            ...(authStatus !== null && { authStatus, authStatusAt: now }),
          },
        )
      : []),
    ...entries.map((entry) => writeEntry(db, q, entry)),
  ]

  /** Stands before the new status is written. */
  const takeBack = (q: Queries, { tokenSet }: Lease, entry: JournalEntry | null) => {
    const { connectionId, tokenSetId } = tokenSet
    const where = and(
      eq(connections.id, connectionId),
      eq(connections.tokenSetId, tokenSetId),
      eq(connections.state, 'reconnect_required'),
    ) as SQL
    return entry ? [writeEntryWhere(db, q, entry, { source: connections, where })] : []
  }

  return {
    takeLease: async (id, owner, ms, now) => {
      const [won] = await db.q
        .update(tokenSets)
        .set({ leaseOwner: owner, leaseUntil: time.plus(ms, now) })
        .where(and(eq(tokenSets.id, id), or(isNull(tokenSets.leaseUntil), time.past(tokenSets.leaseUntil, now))))
        .returning({ id: tokenSets.id })
      return won !== undefined
    },
    renewLease: async (id, owner, ms, now) => {
      await db.q
        .update(tokenSets)
        .set({ leaseUntil: time.plus(ms, now) })
        .where(and(eq(tokenSets.id, id), eq(tokenSets.leaseOwner, owner)))
    },
    dropLease: async (id, owner) => {
      await db.q
        .update(tokenSets)
        .set(noLease)
        .where(and(eq(tokenSets.id, id), eq(tokenSets.leaseOwner, owner)))
    },
    openIntent: async (lease, fingerprint, now) => {
      const [opened] = await db.q
        .update(tokenSets)
        .set({ intentAt: time.plus(0, now), intentOwner: lease.owner, intentFingerprint: fingerprint })
        .where(ours(lease))
        .returning({ id: tokenSets.id })
      return opened !== undefined
    },
    storeFresh: async (lease, tokens, after) => {
      const { tokenSet, owner } = lease
      const { sealedAccessToken, sealedRefreshToken, lifetimeMs, refreshInMs, ageMs } = tokens
      const won = await atomicallyWithReserve(db, {
        // the version alone guards: a pair minted from the stored one is newer than it, however late it comes
        guard: (q) =>
          q
            .update(tokenSets)
            .set({
              sealedAccessToken,
              sealedRefreshToken,
              lifetimeMs,
              generation: tokenSet.version + 1,
              expiresAt: time.plus(lifetimeMs - ageMs, after.now),
              refreshDueAt: refreshInMs === null ? null : time.plus(Math.max(refreshInMs - ageMs, 0), after.now),
              accessRefused: false,
              ...noIntent,
            })
            .where(and(eq(tokenSets.id, tokenSet.tokenSetId), eq(tokenSets.generation, tokenSet.version)))
            .returning({ id: tokenSets.id }),
        then: (q) => [
          q
            .update(tokenSets)
            .set(noLease)
            .where(and(eq(tokenSets.id, tokenSet.tokenSetId), eq(tokenSets.leaseOwner, owner))),
          ...takeBack(q, lease, after.recovered),
          ...follow(q, lease, { ...after, nextAttemptInMs: null }),
        ],
      })
      return won !== null
    },
    storeFailure: async (lease, { status, authStatus, call, intent, dueInMs }, { entries, now }) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(tokenSets)
            .set({
              ...noLease,
              ...(intent === 'close' && noIntent),
              refreshDueAt: dueInMs === null ? null : time.plus(dueInMs, now),
            })
            .where(ours(lease))
            .returning({ id: tokenSets.id }),
        then: (q) => follow(q, lease, { status, authStatus, call, nextAttemptInMs: dueInMs, entries, now }),
      })
      return won !== null
    },
    queueInterrupted: async (now) => {
      await db.q
        .update(tokenSets)
        .set({ refreshDueAt: time.plus(0, now), ...noLease })
        .where(
          and(isNotNull(tokenSets.leaseUntil), isNotNull(tokenSets.intentAt), time.past(tokenSets.leaseUntil, now)),
        )
    },
  }
}
