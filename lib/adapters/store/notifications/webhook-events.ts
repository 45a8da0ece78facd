import { randomUUID } from 'node:crypto'
import { and, eq, exists, inArray, isNotNull, isNull, ne, not, notExists, or, type SQL } from 'drizzle-orm'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { OutwardStatus } from '#lib/domain/connections/outward-status.ts'
import {
  type ConnectionEvent,
  debounceMs,
  type EventPayload,
  type EventRule,
  eventRules,
  type Health,
  healthOf,
  resumed,
} from '#lib/domain/notifications/webhook-event.ts'
import type { Database } from '../engine/database.ts'
import { insertFrom } from '../engine/inserts.ts'
import type { Queries, Statement } from '../engine/queries.ts'
import { openOutageOf } from '../tokens/open-outages.ts'

/** Which connection, and what must hold for its new status to be written. */
interface ConnectionRef {
  connectionId: string
  holds?: SQL | undefined
}

const debounceKey = (connectionId: string) => `held:${connectionId}`

type EventStatus = Pick<OutwardStatus, 'state' | 'reason' | 'since'> & { enabled?: boolean }

const payloadOf = (connectionId: string, now: Date, to: EventStatus | null): EventPayload => ({
  connectionId,
  at: now.toISOString(),
  ...(to && { state: to.state, reason: to.reason, since: to.since.toISOString() }),
  ...(to?.enabled !== undefined && { enabled: to.enabled }),
})

const hasHealth = ({ tables: { connections } }: Database, healths: readonly Health[]) => {
  const { state, reason } = connections
  const like: Record<Health, SQL | undefined> = {
    absent: inArray(state, ['unconfigured', 'awaiting_authorization']),
    well: or(eq(state, 'connected'), eq(reason, 'identity_unknown')),
    disturbed: and(eq(state, 'degraded'), ne(reason, 'identity_unknown')),
    broken: inArray(state, ['reconnect_required', 'misconfigured']),
  }
  return or(...healths.map((health) => like[health]))
}

const insertEvent = (
  db: Database,
  q: Queries,
  event: ConnectionEvent,
  payload: EventPayload,
  where: SQL | undefined,
  pendingEvent = false,
) => {
  const { deliveries, connections } = db.tables
  const id = randomUUID()
  const now = new Date(payload.at)
  const row = {
    id,
    channel: 'webhook' as const,
    kind: event,
    onceKey: pendingEvent ? debounceKey(payload.connectionId) : id,
    tenantId: connections.tenantId,
    payload: payload,
    createdAt: now,
    dueAt: db.time.plus(pendingEvent ? debounceMs : 0, now),
    attempts: 0,
  }
  const source = and(eq(connections.id, payload.connectionId), where)
  // nothing here may ever undo the write it stands beside
  return insertFrom(q, deliveries, row, connections, source).onConflictDoNothing()
}

/** Takes an event that is still held back out of the way; `taken` says whether there was one. */
const takeDebounced = ({ tables: { deliveries } }: Database, q: Queries, connectionId: string) => {
  const mark = `overtaken:${randomUUID()}`
  const marked = eq(deliveries.onceKey, mark)
  return {
    // one row, renamed under its lock: a sender either has it already or never gets it
    take: q
      .update(deliveries)
      .set({ onceKey: mark })
      .where(eq(deliveries.onceKey, debounceKey(connectionId))),
    taken: exists(q.select({ id: deliveries.id }).from(deliveries).where(marked)),
    forget: q.delete(deliveries).where(marked),
  }
}

/**
 * The webhook events of a new status, by the connection's health before it: must run before the status is written.
 * A connection that is switched off causes no event.
 */
export const enqueueStatusEvents = (
  db: Database,
  q: Queries,
  at: ConnectionRef,
  to: ConnectionStatus,
  now: Date,
): Statement[] => {
  if (!db.webhookEnabled) return []
  const { connections } = db.tables
  const payload = payloadOf(at.connectionId, now, to)
  const pendingEvent = takeDebounced(db, q, at.connectionId)
  const eventFor = ({ event, from, everConnected, debounced }: EventRule) => {
    const ever = everConnected === null ? undefined : (everConnected ? isNotNull : isNull)(connections.lastSuccessAt)
    // who was never told of the disturbance need not hear that it is over
    const notPreviouslySent = event === 'connection.recovered' ? not(pendingEvent.taken) : undefined
    // who is refused while everybody is will be tried again
    const believed = event === 'connection.reconnect_required' ? notExists(openOutageOf(db, q)) : undefined
    const where = and(at.holds, eq(connections.enabled, true), hasHealth(db, from), ever, notPreviouslySent, believed)
    return insertEvent(db, q, event, payload, where, debounced)
  }
  const events = eventRules[healthOf(to)].map(eventFor)
  return healthOf(to) === 'disturbed' ? events : [pendingEvent.take, ...events, pendingEvent.forget]
}

/** The same for a connection that is switched off, or on again: stands before the write of the switch. */
export const enqueueSwitchEvents = (
  db: Database,
  q: Queries,
  connectionId: string,
  enabled: boolean,
  now: Date,
): Statement[] => {
  if (!db.webhookEnabled) return []
  const { connections } = db.tables
  const switched = and(eq(connections.enabled, !enabled), isNotNull(connections.lastSuccessAt))
  const paused = { state: 'disabled', reason: 'paused', since: now, enabled } as const
  const payload = payloadOf(connectionId, now, enabled ? null : paused)
  const eventFor = (event: ConnectionEvent, healths: readonly Health[]) =>
    insertEvent(db, q, event, payload, and(switched, hasHealth(db, healths)))
  if (enabled) return Object.entries(resumed).map(([health, event]) => eventFor(event, [health as Health]))
  const pendingEvent = takeDebounced(db, q, connectionId)
  return [pendingEvent.take, eventFor('connection.disabled', ['well', 'disturbed', 'broken']), pendingEvent.forget]
}

/** What was told to be broken before its provider was known to refuse everybody is being tried again. */
export const enqueueReopenedEvent = (db: Database, q: Queries, connectionId: string, to: EventStatus, now: Date) =>
  db.webhookEnabled
    ? [
        insertEvent(
          db,
          q,
          'connection.degraded',
          payloadOf(connectionId, now, to),
          eq(db.tables.connections.enabled, true),
        ),
      ]
    : []
