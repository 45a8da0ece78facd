import type { Standing } from '../domain/connection.ts'
import type { Attempt, Delivery, MailDelivery, WebhookDelivery } from '../domain/delivery.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'
import type { ProviderId } from '../domain/provider.ts'
import type { TenantId } from '../domain/tenant.ts'
import type { Locale } from '../domain/user.ts'

/** A delivery whose attempt is under way; `attempts` counts this one and is what its outcome is written by. */
export type ClaimedDelivery = Delivery & { id: string; attempts: number; createdAt: Date }

/** A claimed delivery of one channel. */
export type Claimed<C extends Delivery['channel']> = Extract<ClaimedDelivery, { channel: C }>

/** The connection that an event tells of, as it is when it is sent. */
export interface Subject {
  tenantId: TenantId
  ref: string | null
  provider: ProviderId
  standing: Standing
}

/** A line of the delivery log. */
export type LoggedDelivery = (Pick<MailDelivery, 'channel' | 'kind'> | Pick<WebhookDelivery, 'channel' | 'kind'>) & {
  id: string
  /** Whom a mail is for. */
  recipient: { name: string; email: string } | null
  createdAt: Date
  /** The next attempt; null once delivered or given up. */
  dueAt: Date | null
  attempts: number
  deliveredAt: Date | null
  lastAnswer: string | null
}

/** The outbox: rows are written beside what causes them, and sent by whichever process claims them. */
export interface DeliveryStore {
  /** Ids of a tenant's active admins, or of the active support users: who mails are queued for. */
  listRecipients(tenantId: TenantId | null): Promise<string[]>
  /** Whom a mail goes to, as they are when it is sent; null once deactivated. */
  findRecipient(userId: string): Promise<{ name: string; email: string; locale: Locale } | null>
  /** Due at once. @returns false when all of them were added before; then the entry is not written either. */
  add(deliveries: readonly Delivery[], written: { now: Date; entry: JournalEntry | null }): Promise<boolean>
  /** Takes what is due, for `leaseMs`; nobody else gets it meanwhile, and anybody does afterwards. */
  claimDue(limit: number, leaseMs: number, now: Date): Promise<ClaimedDelivery[]>
  /** Null once the connection is gone. */
  findSubject(connectionId: string): Promise<Subject | null>
  /** Writes what an attempt came to, unless a later attempt has begun; with no time left to wait, it is given up. */
  settle(
    claimed: ClaimedDelivery,
    outcome: Attempt & { retryInMs: number | null },
    written: { now: Date; entry: JournalEntry | null },
  ): Promise<boolean>
  /** What was put among the deliveries of a tenant, newest first. */
  list(tenantId: TenantId, limit: number): Promise<LoggedDelivery[]>
  /** One more attempt at once, under the same id. @returns false when there is none of this id, or one is under way. */
  replay(tenantId: TenantId, id: string, entry: JournalEntry): Promise<boolean>
  /** Forgets what is over since long. */
  prune(olderThanMs: number, now: Date): Promise<void>
}
