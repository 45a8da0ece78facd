import { and, eq, type SQL } from 'drizzle-orm'
import type { Tables } from '#drizzle/tables.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Standing } from '#lib/domain/connections/connection-status.ts'
import type { Move } from '#lib/ports/authorization.ts'
import type { Database } from '../engine/database.ts'
import type { Change, Queries, Statement } from '../engine/queries.ts'
import { followStanding } from '../notifications/incidents.ts'
import { announceStanding } from '../notifications/webhook-events.ts'

/** The columns a standing is kept in. */
const standingColumns = ({ state, reason, since, lastSuccessAt, nextAttemptAt, attempts }: Standing) => ({
  state,
  reason,
  since,
  lastSuccessAt,
  nextAttemptAt,
  attempts,
})

interface At {
  tenantId: TenantId
  connectionId: string
  /** What must still hold; else the standing stays as it is, silently. */
  holds?: SQL | undefined
}

/** Writes a standing with all that comes of it: the connection's incident, and what is told of it. */
export const writeStanding = <V extends Change<Tables['connections'], V>>(
  db: Database,
  q: Queries,
  { tenantId, connectionId, holds }: At,
  to: Standing,
  now: Date,
  also?: V,
): Statement[] => {
  const { connections } = db.tables
  return [
    ...announceStanding(db, q, { connectionId, holds }, to, now),
    q
      .update(connections)
      .set({ ...standingColumns(to), ...also })
      .where(and(eq(connections.id, connectionId), holds)),
    ...followStanding(db, q, { tenantId, connectionId }, to, now),
  ]
}

/** Writes a move while the standing it was computed from still holds; a newer one wins silently. */
export const moveStanding = (db: Database, q: Queries, connectionId: string, { from, to }: Move, now: Date) => {
  const { connections } = db.tables
  const holds = and(eq(connections.state, from.state), eq(connections.since, from.since))
  return [
    ...announceStanding(db, q, { connectionId, holds }, to, now),
    q
      .update(connections)
      .set(standingColumns(to))
      .where(and(eq(connections.id, connectionId), holds)),
  ]
}
