import type { TenantId } from '../accounts/tenant.ts'
import type { WebhookEvent } from './webhook-event.ts'

/** Notifications by mail that wait in the outbox; its words are in `mail.<kind>` of `lib/i18n`. */
export const notificationKinds = [
  'alert',
  'recovery',
  'reconnect_request',
  'upgrade_request',
  'deletion_question',
  'key_ending',
  'digest',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

interface Notification {
  /** Unique: the same notification is stored once. */
  onceKey: string
  /** Never a secret, never a one-time link: whom it is for and what it says is read when it is sent. */
  payload: Record<string, string | number | boolean | null>
}

export interface MailDelivery extends Notification {
  channel: 'mail'
  kind: NotificationKind
  /** Null where it is about no tenant in particular. */
  tenantId: TenantId | null
  userId: string
}

export interface WebhookDelivery extends Notification {
  channel: 'webhook'
  kind: WebhookEvent
  tenantId: TenantId
  userId: null
}

/** A notification to somebody outside, until it is delivered. */
export type Delivery = MailDelivery | WebhookDelivery

/** The outcome of one delivery attempt. */
export interface Attempt {
  delivered: boolean
  /** An HTTP or SMTP status, or the class of an error; never what the receiver wrote. */
  answer: string
  /** True when another attempt would be of no use. */
  final?: boolean
  /** Milliseconds that the receiver asks to be spared. */
  askedMs?: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** From one attempt to the next: nine attempts, about a day. */
const pausesMs = [10 * second, minute, 5 * minute, 30 * minute, 2 * hour, 4 * hour, 8 * hour, 8 * hour]

/**
 * Milliseconds until the next attempt after the n-th one failed, a fifth more or less (never less than asked); null when it is given up.
 *
 * @param askedMs what the receiver asked to be spared
 */
export const retryInMs = (attempts: number, jitter: number, askedMs = 0): number | null => {
  const pauseMs = pausesMs[attempts - 1]
  return pauseMs === undefined ? null : Math.max(pauseMs * (0.8 + 0.4 * jitter), askedMs * (1 + 0.2 * jitter))
}
