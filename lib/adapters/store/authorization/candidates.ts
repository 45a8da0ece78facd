import { and, eq, gt, isNull, lt, lte, ne, notInArray } from 'drizzle-orm'
import type { AuthorizationStore } from '#lib/ports/authorization.ts'
import { changeStatus, writeStatus } from '../connections/connection-status.ts'
import type { Database } from '../engine/database.ts'
import type { Queries } from '../engine/queries.ts'
import { atomicallyWithReserve } from '../engine/reserve.ts'
import { writeEntry } from '../journal/journal.ts'
import { renewWebhooks } from '../provider-webhooks/provider-webhooks.ts'

type Methods = Pick<
  AuthorizationStore,
  'storeCandidate' | 'claimIdentity' | 'recordIdentity' | 'promote' | 'listCandidates' | 'forgetCandidate'
>

export const candidateStore = (db: Database): Methods => {
  const { connections, pendingAuthorizations: pending, tokenSets } = db.tables
  /** Token sets that the connection no longer points at. */
  const deleteOthers = (q: Queries, connectionId: string) => {
    const referenced = (column: typeof connections.tokenSetId | typeof connections.candidateId) =>
      q
        .select({ id: column })
        .from(connections)
        .where(and(eq(connections.id, connectionId), ne(column, '')))
    return q
      .delete(tokenSets)
      .where(
        and(
          eq(tokenSets.connectionId, connectionId),
          notInArray(tokenSets.id, referenced(connections.tokenSetId)),
          notInArray(tokenSets.id, referenced(connections.candidateId)),
        ),
      )
  }
  return {
    storeCandidate: async (pendingId, tokenSet, authStatus, { now, entry }) => {
      const { refreshInMs, ageMs, account, ...row } = tokenSet
      const won = await atomicallyWithReserve(db, {
        guard: (q) =>
          q
            .update(pending)
            .set({ step: 'done', steppedAt: now, sealedVerifier: null })
            .where(and(eq(pending.id, pendingId), eq(pending.step, 'exchanging')))
            .returning({ id: pending.id }),
        then: (q) => [
          q.insert(tokenSets).values({
            ...row,
            generation: 1,
            expiresAt: db.time.plus(row.lifetimeMs - ageMs, now),
            refreshDueAt: refreshInMs === null ? null : db.time.plus(Math.max(refreshInMs - ageMs, 0), now),
            createdAt: now,
            accessRefused: false,
            identity: account ? 'read' : 'unread',
            accountId: account?.id,
            accountName: account?.name,
            accountEmail: account?.email,
            identityDueAt: now,
          }),
          q
            .update(connections)
            .set({
              candidateId: tokenSet.id,
              authStatus,
              authStatusAt: now,
              authorizationFailure: null,
              authorizationFailureAt: null,
            })
            .where(eq(connections.id, tokenSet.connectionId)),
          deleteOthers(q, tokenSet.connectionId),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
    claimIdentity: async (id, now, retryMs, always) => {
      const [won] = await db.q
        .update(tokenSets)
        .set({ identityDueAt: new Date(now.getTime() + retryMs) })
        .where(
          and(
            eq(tokenSets.id, id),
            eq(tokenSets.identity, 'unread'),
            always ? undefined : lte(tokenSets.identityDueAt, now),
          ),
        )
        .returning({ id: tokenSets.id })
      return won !== undefined
    },
    recordIdentity: async ({ tokenSetId, connectionId, identity, statusChange }, { now, entry }) => {
      const account =
        identity.kind === 'read'
          ? { accountId: identity.account.id, accountName: identity.account.name, accountEmail: identity.account.email }
          : {}
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(tokenSets)
            .set({ identity: identity.kind, ...account })
            .where(and(eq(tokenSets.id, tokenSetId), eq(tokenSets.identity, 'unread')))
            .returning({ id: tokenSets.id }),
        then: (q) => [
          ...(statusChange ? changeStatus(db, q, connectionId, statusChange, now) : []),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
    promote: async (promotion, { now, entry }) => {
      const { connectionId, tenantId, candidateId, inUseId, to, by, resumes, supersedes, webhooks } = promotion
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(connections)
            .set({
              tokenSetId: candidateId,
              candidateId: null,
              restoredAt: null,
              connectedAt: now,
              connectedBy: by,
            })
            .where(
              and(
                eq(connections.id, connectionId),
                eq(connections.tenantId, tenantId),
                eq(connections.candidateId, candidateId),
                inUseId === null ? isNull(connections.tokenSetId) : eq(connections.tokenSetId, inUseId),
              ),
            )
            .returning({ id: connections.id }),
        then: (q) => [
          deleteOthers(q, connectionId),
          // a candidate whose time came while it waited was passed over
          ...(resumes
            ? [
                q
                  .update(tokenSets)
                  .set({ refreshDueAt: db.time.plus(0, now) })
                  .where(and(eq(tokenSets.id, candidateId), isNull(tokenSets.refreshDueAt))),
              ]
            : []),
          ...writeStatus(db, q, { tenantId, connectionId }, to, now),
          ...(webhooks ? [renewWebhooks(db, q, { connectionId, tenantId, provider: webhooks }, now)] : []),
          ...(supersedes
            ? [
                q
                  .update(connections)
                  .set({ supersededAt: now })
                  .where(and(eq(connections.id, supersedes.connectionId), eq(connections.tenantId, tenantId))),
                writeEntry(db, q, supersedes.entry),
              ]
            : []),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
    listCandidates: (before, limit) =>
      db.q
        .select({ tenantId: connections.tenantId, provider: connections.provider })
        .from(connections)
        .innerJoin(tokenSets, eq(tokenSets.id, connections.candidateId))
        // every id is more than nothing: those without a candidate are not even looked at
        .where(and(gt(connections.candidateId, ''), lt(tokenSets.createdAt, before)))
        .limit(limit),
    forgetCandidate: async ({ connectionId, tenantId, candidateId, failure }, { now, entry }) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(connections)
            .set({
              candidateId: null,
              ...(failure && { authorizationFailure: failure, authorizationFailureAt: now }),
            })
            .where(
              and(
                eq(connections.id, connectionId),
                eq(connections.tenantId, tenantId),
                eq(connections.candidateId, candidateId),
              ),
            )
            .returning({ id: connections.id }),
        then: (q) => [deleteOthers(q, connectionId), writeEntry(db, q, entry)],
      })
      return won !== null
    },
  }
}
