import { and, eq, type SQL } from 'drizzle-orm'
import type { Tables } from '#drizzle/tables.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { StatusChange } from '#lib/ports/authorization.ts'
import type { Database } from '../engine/database.ts'
import type { Change, Queries, Statement } from '../engine/queries.ts'
import { syncIncident } from '../notifications/incidents.ts'
import { enqueueStatusEvents } from '../notifications/webhook-events.ts'

/** The columns a status is kept in. */
const statusColumns = ({ state, reason, since, lastSuccessAt, nextAttemptAt, attempts }: ConnectionStatus) => ({
  state,
  reason,
  since,
  lastSuccessAt,
  nextAttemptAt,
  attempts,
})

interface ConnectionRef {
  tenantId: TenantId
  connectionId: string
  /** What must still hold; else the status stays as it is, silently. */
  holds?: SQL | undefined
}

/** Writes a status with what follows from it: the connection's incident, and its notifications. */
export const writeStatus = <V extends Change<Tables['connections'], V>>(
  db: Database,
  q: Queries,
  { tenantId, connectionId, holds }: ConnectionRef,
  to: ConnectionStatus,
  now: Date,
  also?: V,
): Statement[] => {
  const { connections } = db.tables
  return [
    ...enqueueStatusEvents(db, q, { connectionId, holds }, to, now),
    q
      .update(connections)
      .set({ ...statusColumns(to), ...also })
      .where(and(eq(connections.id, connectionId), holds)),
    ...syncIncident(db, q, { tenantId, connectionId }, to, now),
  ]
}

/** Writes a status change while the status it was computed from still holds; a newer one wins silently. */
export const changeStatus = (db: Database, q: Queries, connectionId: string, { from, to }: StatusChange, now: Date) => {
  const { connections } = db.tables
  const holds = and(eq(connections.state, from.state), eq(connections.since, from.since))
  return [
    ...enqueueStatusEvents(db, q, { connectionId, holds }, to, now),
    q
      .update(connections)
      .set(statusColumns(to))
      .where(and(eq(connections.id, connectionId), holds)),
  ]
}
