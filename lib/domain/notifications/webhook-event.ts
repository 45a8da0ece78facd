import type { ConnectionStatus } from '../connections/connection-status.ts'
import type { OutwardStatus } from '../connections/outward-status.ts'
import type { ListId } from '../sync/list.ts'

/** The events that a connection sends to the webhook of Pro+. */
export type ConnectionEvent =
  | 'connection.connected'
  | 'connection.degraded'
  | 'connection.reconnect_required'
  | 'connection.recovered'
  | 'connection.disabled'

/** `data.changed`: a copied list has changes that nobody was told of. */
export type WebhookEvent = ConnectionEvent | 'data.changed'

/** What is told of a list; how far its changes go is read when it is sent. */
export type ListPayload = { list: ListId; at: string }

/** From the first change of a list to its event: at most one in this time. */
export const changesMs = 30_000

/** One event of a list waits at a time. */
export const changesKey = (tenantId: string, list: ListId) => `changes:${tenantId}:${list}`

/** What an event says, as it waits in the outbox; without a state it says the one of the moment it is sent. */
export type EventPayload = {
  connectionId: string
  at: string
  state?: OutwardStatus['state']
  reason?: OutwardStatus['reason']
  since?: string
  enabled?: boolean
}

/** How a connection looks from outside: several states and reasons are one to who needs its tokens. */
export type Health = 'absent' | 'well' | 'disturbed' | 'broken'

export const healthOf = ({ state, reason }: Pick<ConnectionStatus, 'state' | 'reason'>): Health => {
  switch (state) {
    case 'unconfigured':
    case 'awaiting_authorization':
      return 'absent'
    case 'connected':
      return 'well'
    case 'degraded':
      return reason === 'identity_unknown' ? 'well' : 'disturbed'
    case 'reconnect_required':
    case 'misconfigured':
      return 'broken'
  }
}

export interface EventRule {
  event: ConnectionEvent
  /** Told when the connection looked like this before. */
  from: readonly Health[]
  /** Whether it must have worked before, or must not; what never worked is no news to a back end. */
  everConnected: boolean | null
  /** An event that may be over within the minute is debounced. */
  debounced?: true
}

/** Longer than the first retry of a refresh takes to come round. */
export const debounceMs = 45_000

const degraded = { event: 'connection.degraded', everConnected: true } as const

/** The events of a connection that comes to look like this; a change within one look is none. */
export const eventRules: Record<Health, readonly EventRule[]> = {
  absent: [{ event: 'connection.disabled', from: ['well', 'disturbed', 'broken'], everConnected: true }],
  well: [
    { event: 'connection.connected', from: ['absent'], everConnected: null },
    { event: 'connection.connected', from: ['disturbed', 'broken'], everConnected: false },
    { event: 'connection.recovered', from: ['disturbed', 'broken'], everConnected: true },
  ],
  disturbed: [
    { ...degraded, from: ['well'], debounced: true },
    { ...degraded, from: ['broken'] },
  ],
  broken: [{ event: 'connection.reconnect_required', from: ['well', 'disturbed'], everConnected: true }],
}

/** The event of a connection that is switched on again, by how it looks then. */
export const resumed: Record<Exclude<Health, 'absent'>, ConnectionEvent> = {
  well: 'connection.connected',
  disturbed: 'connection.degraded',
  broken: 'connection.reconnect_required',
}
