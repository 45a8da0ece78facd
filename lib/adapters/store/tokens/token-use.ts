import { and, eq, isNull, or } from 'drizzle-orm'
import type { TokenStore } from '#lib/ports/tokens.ts'
import { changeStatus, writeStatus } from '../connections/connection-status.ts'
import type { Database } from '../engine/database.ts'
import { writeEntry } from '../journal/journal.ts'
import { closeIncident, syncIncident } from '../notifications/incidents.ts'
import { forgetWebhooks } from '../provider-webhooks/provider-webhooks.ts'

type Methods = Pick<TokenStore, 'touch' | 'claimReport' | 'refuseAccess' | 'saveTest' | 'disconnect'>

export const tokenUseRows = (db: Database): Methods => {
  const { tables, time } = db
  const { tokenSets, connections } = tables
  const reportColumns = { refresh: tokenSets.reportRefreshedAt, test: tokenSets.reportTestedAt }
  return {
    touch: async ({ tokenSetId, version }, refreshInMs, now) => {
      await db.q
        .update(tokenSets)
        .set({
          usedAt: time.plus(0, now),
          ...(refreshInMs !== null && { refreshDueAt: time.earlier(tokenSets.refreshDueAt, refreshInMs, now) }),
        })
        .where(and(eq(tokenSets.id, tokenSetId), eq(tokenSets.generation, version)))
    },
    claimReport: async ({ tokenSetId, version }, what, everyMs, now) => {
      const column = reportColumns[what]
      const at = time.plus(0, now)
      const [won] = await db.q
        .update(tokenSets)
        .set(what === 'refresh' ? { reportRefreshedAt: at, reportedGeneration: version } : { reportTestedAt: at })
        .where(
          and(
            eq(tokenSets.id, tokenSetId),
            eq(tokenSets.generation, version),
            or(isNull(column), time.past(column, now, everyMs)),
          ),
        )
        .returning({ id: tokenSets.id })
      return won !== undefined
    },
    refuseAccess: async (tokenSet, status, entry) => {
      const { tenantId, tokenSetId, connectionId, version } = tokenSet
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(tokenSets)
            .set({ accessRefused: true })
            .where(
              and(eq(tokenSets.id, tokenSetId), eq(tokenSets.generation, version), eq(tokenSets.accessRefused, false)),
            )
            .returning({ id: tokenSets.id }),
        then: (q) => [
          ...writeStatus(
            db,
            q,
            { tenantId, connectionId, holds: eq(connections.tokenSetId, tokenSetId) },
            status,
            entry.at,
          ),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
    saveTest: async ({ tenantId, connectionId, test }, change, entry) => {
      const { authStatus = null, statusChange = null } = change ?? {}
      await db.atomically({
        guard: (q) =>
          q
            .update(connections)
            .set({ lastTest: test, ...(authStatus !== null && { authStatus, authStatusAt: entry.at }) })
            .where(and(eq(connections.id, connectionId), eq(connections.tenantId, tenantId)))
            .returning({ id: connections.id }),
        then: (q) => [
          ...(statusChange
            ? [
                ...changeStatus(db, q, connectionId, statusChange, entry.at),
                ...syncIncident(db, q, { tenantId, connectionId }, statusChange.to, entry.at),
              ]
            : []),
          writeEntry(db, q, entry),
        ],
      })
    },
    disconnect: async ({ tenantId, connectionId, to }, { now, entry }) => {
      const won = await db.atomically({
        guard: (q) =>
          q
            .update(connections)
            .set({
              tokenSetId: null,
              candidateId: null,
              restoredAt: null,
              connectedAt: null,
              connectedBy: null,
              disconnectedAt: now,
              lastTest: null,
              authStatus: null,
              authStatusAt: null,
              authorizationFailure: null,
              authorizationFailureAt: null,
            })
            .where(and(eq(connections.id, connectionId), eq(connections.tenantId, tenantId)))
            .returning({ id: connections.id }),
        then: (q) => [
          q.delete(tokenSets).where(eq(tokenSets.connectionId, connectionId)),
          ...forgetWebhooks(db, q, { connectionId, tenantId }),
          ...writeStatus(db, q, { tenantId, connectionId }, to, now),
          // nothing is broken any more: what was asked is done
          ...closeIncident(db, q, { tenantId, connectionId }, now),
          writeEntry(db, q, entry),
        ],
      })
      return won !== null
    },
  }
}
