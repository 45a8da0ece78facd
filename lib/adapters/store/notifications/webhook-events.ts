import { randomUUID } from 'node:crypto'
import { and, eq, exists, inArray, isNotNull, isNull, ne, not, notExists, or, type SQL } from 'drizzle-orm'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import {
  type ConnectionNews,
  debounceMs,
  type EventRule,
  eventRules,
  type Look,
  lookOf,
  resumed,
  type WebhookEvent,
} from '#lib/domain/notifications/webhook-event.ts'
import type { Database } from '../engine/database.ts'
import { insertFrom } from '../engine/insert-from.ts'
import type { Queries, Statement } from '../engine/queries.ts'

/** Which connection, and what must hold for its new standing to be written. */
interface At {
  connectionId: string
  holds?: SQL | undefined
}

const debounceKey = (connectionId: string) => `held:${connectionId}`

type EventStatus = Pick<ConnectionStatus, 'state' | 'reason' | 'since'>

const newsOf = (connectionId: string, now: Date, to: EventStatus | null): ConnectionNews => ({
  connectionId,
  at: now.toISOString(),
  ...(to && { state: to.state, reason: to.reason, since: to.since.toISOString() }),
})

const looksLike = ({ tables: { connections } }: Database, looks: readonly Look[]) => {
  const { state, reason } = connections
  const like: Record<Look, SQL | undefined> = {
    absent: inArray(state, ['unconfigured', 'awaiting_authorization']),
    well: or(eq(state, 'connected'), eq(reason, 'identity_unknown')),
    disturbed: and(eq(state, 'degraded'), ne(reason, 'identity_unknown')),
    broken: inArray(state, ['reconnect_required', 'misconfigured']),
  }
  return or(...looks.map((look) => like[look]))
}

const insertEvent = (
  db: Database,
  q: Queries,
  event: WebhookEvent,
  news: ConnectionNews,
  where: SQL | undefined,
  pendingEvent = false,
) => {
  const { deliveries, connections } = db.tables
  const id = randomUUID()
  const now = new Date(news.at)
  const row = {
    id,
    channel: 'webhook' as const,
    kind: event,
    onceKey: pendingEvent ? debounceKey(news.connectionId) : id,
    tenantId: connections.tenantId,
    payload: news,
    createdAt: now,
    dueAt: db.time.plus(pendingEvent ? debounceMs : 0, now),
    attempts: 0,
  }
  const source = and(eq(connections.id, news.connectionId), where)
  // nothing here may ever undo the write it stands beside
  return insertFrom(q, deliveries, row, connections, source).onConflictDoNothing()
}

const outageOf = ({ tables: { outages, connections } }: Database, q: Queries) =>
  q.select({ since: outages.since }).from(outages).where(eq(outages.provider, connections.provider))

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
 * What a new standing tells the webhook, by how the connection looks before: stands before the write of the standing.
 * A connection that is switched off tells nothing.
 */
export const announceStanding = (db: Database, q: Queries, at: At, to: ConnectionStatus, now: Date): Statement[] => {
  if (!db.announces) return []
  const { connections } = db.tables
  const news = newsOf(at.connectionId, now, to)
  const pendingEvent = takeDebounced(db, q, at.connectionId)
  const eventFor = ({ event, from, everWell, debounced }: EventRule) => {
    const ever = everWell === null ? undefined : (everWell ? isNotNull : isNull)(connections.lastSuccessAt)
    // who was never told of the disturbance need not hear that it is over
    const notPreviouslySent = event === 'connection.recovered' ? not(pendingEvent.taken) : undefined
    // who is refused while everybody is will be tried again
    const believed = event === 'connection.reconnect_required' ? notExists(outageOf(db, q)) : undefined
    const where = and(at.holds, eq(connections.enabled, true), looksLike(db, from), ever, notPreviouslySent, believed)
    return insertEvent(db, q, event, news, where, debounced)
  }
  const events = eventRules[lookOf(to)].map(eventFor)
  return lookOf(to) === 'disturbed' ? events : [pendingEvent.take, ...events, pendingEvent.forget]
}

/** The same for a connection that is switched off, or on again: stands before the write of the switch. */
export const announceSwitch = (
  db: Database,
  q: Queries,
  connectionId: string,
  enabled: boolean,
  now: Date,
): Statement[] => {
  if (!db.announces) return []
  const { connections } = db.tables
  const switched = and(eq(connections.enabled, !enabled), isNotNull(connections.lastSuccessAt))
  const news = newsOf(connectionId, now, null)
  const eventFor = (event: WebhookEvent, looks: readonly Look[]) =>
    insertEvent(db, q, event, news, and(switched, looksLike(db, looks)))
  if (enabled) return Object.entries(resumed).map(([look, event]) => eventFor(event, [look as Look]))
  const pendingEvent = takeDebounced(db, q, connectionId)
  return [pendingEvent.take, eventFor('connection.disabled', ['well', 'disturbed', 'broken']), pendingEvent.forget]
}

/** What was told to be broken before its provider was known to refuse everybody is being tried again. */
export const announceTakenBack = (db: Database, q: Queries, connectionId: string, to: EventStatus, now: Date) =>
  db.announces
    ? [
        insertEvent(
          db,
          q,
          'connection.degraded',
          newsOf(connectionId, now, to),
          eq(db.tables.connections.enabled, true),
        ),
      ]
    : []
