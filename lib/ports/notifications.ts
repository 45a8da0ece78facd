import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { User } from '#lib/domain/accounts/user.ts'
import type { ConnectionState } from '#lib/domain/connections/connection-status.ts'
import type { OutwardStatus } from '#lib/domain/connections/outward-status.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Attempt, Delivery, MailDelivery, WebhookDelivery } from '#lib/domain/notifications/delivery.ts'
import type { Digest } from '#lib/domain/notifications/digest.ts'
import type { RenderedMail } from '#lib/domain/notifications/mail.ts'

/** A delivery whose attempt is under way; `attempts` counts this one and is what its outcome is written by. */
export type ClaimedDelivery = Delivery & { id: string; attempts: number; createdAt: Date }

/** A claimed delivery of one channel. */
export type Claimed<C extends Delivery['channel']> = Extract<ClaimedDelivery, { channel: C }>

/** The connection that an event tells of, as it is when it is sent. */
export interface Subject {
  tenantId: TenantId
  ref: string | null
  provider: ProviderId
  status: OutwardStatus
}

/** A line of the delivery log. */
export type LoggedDelivery = (Pick<MailDelivery, 'channel' | 'kind'> | Pick<WebhookDelivery, 'channel' | 'kind'>) & {
  id: string
  /** What it is about. */
  payload: MailDelivery['payload']
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
  /** The active support users, each with the zone of their mornings. */
  listSupport(): Promise<Pick<User, 'id' | 'timeZone'>[]>
  /** Whom a mail goes to, as they are when it is sent; null once deactivated. */
  findRecipient(userId: string): Promise<Pick<User, 'name' | 'email' | 'locale' | 'timeZone'> | null>
  /** Due at once. @returns false when all of them were added before; then the entry is not written either. */
  add(deliveries: readonly Delivery[], written: { now: Date; entry: JournalEntry | null }): Promise<boolean>
  /** Takes what is due, for `leaseMs`; nobody else gets it meanwhile, and anybody does afterwards. */
  claimDue(limit: number, leaseMs: number, now: Date): Promise<ClaimedDelivery[]>
  /** Null once the connection is gone. */
  findSubject(connectionId: string): Promise<Subject | null>
  /** Whether a notification waits that is stored under this key. */
  isWaiting(onceKey: string): Promise<boolean>
  /** Writes what an attempt came to, unless a later attempt has begun; with no time left to wait, it is given up. */
  finish(
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

/** An incident as a mail tells of it, with the connection as it is now. */
export interface IncidentDetails {
  tenantName: string
  provider: ProviderId
  state: ConnectionState
  reason: string
  openedAt: Date
  closedAt: Date | null
  /** Until when the access token still serves; null when it does not. */
  servedUntil: Date | null
}

/** A connection that waits for a person of its tenant. */
export interface Broken {
  provider: ProviderId
  state: ConnectionState
  since: Date
}

/** An incident as support reads of it. */
export interface LateIncident {
  id: string
  provider: ProviderId
  reason: string
  openedAt: Date
  closedAt: Date | null
  /** What support keeps in mind about it; `by` is null for somebody who was erased. */
  note: { text: string; by: string | null; at: Date } | null
}

/** An incident of a tenant, and the note that a page showed of it. */
export interface SeenNote {
  tenantId: TenantId
  incidentId: string
  /** When it was written; null where there was none. */
  notedAt: Date | null
}

export interface IncidentStore {
  /**
   * Writes a note in the place of the one that was seen, or removes it (null).
   *
   * @returns false when there is another one by now, or no such incident of this tenant
   */
  note(seen: SeenNote, note: { text: string; by: string } | null, entry: JournalEntry): Promise<boolean>
  /** Opens one for each connection that has been without a valid token for `ms` for a passing reason. @returns how many */
  openOverdue(ms: number, now: Date): Promise<number>
  /** Newest first. */
  listLately(tenantId: TenantId, limit: number): Promise<LateIncident[]>
  /** Oldest first. */
  list(tenantId: TenantId): Promise<{ reason: string; openedAt: Date; closedAt: Date | null }[]>
  /**
   * Open for at least `ms`, and told to nobody: not of a provider that fails for everybody, nor of a connection that is
   * paused, replaced, or never worked.
   */
  listUnnotified(ms: number, limit: number, now: Date): Promise<{ id: string; tenantId: TenantId }[]>
  /** Puts an open incident's alert among the deliveries, once. */
  queueAlert(id: string, alert: readonly Delivery[], now: Date): Promise<boolean>
  /** Closed ones whose alert went out, and whose end was not told yet; `well` when the connection works again. */
  listEnded(limit: number): Promise<{ id: string; tenantId: TenantId; well: boolean }[]>
  /** Puts its recovery among the deliveries, or nothing where there is none to tell of, once. */
  queueRecovery(id: string, recovery: readonly Delivery[], now: Date): Promise<boolean>
  /** An incident that closed before anybody was notified needs no notification. */
  skipUnnotified(now: Date): Promise<void>
  find(id: string, now: Date): Promise<IncidentDetails | null>
  /** Of one tenant, by index. */
  listBroken(tenantId: TenantId): Promise<Broken[]>
  digest(limit: number, sinceMs: number, now: Date): Promise<Omit<Digest, 'endingKeys'>>
}

export interface Mailer {
  /** False without `SMTP_URL`: then nothing can be sent, and who would send says so. */
  readonly configured: boolean
  /** Resolves once the mail server has let us in, over TLS where it must be. @throws Failure `mail_failed` */
  verify(): Promise<void>
  /** Resolves once the mail server has taken the mail. @throws Failure `mail_failed` when it refuses or does not answer. */
  send(mail: RenderedMail & { to: string }): Promise<void>
}

/** A message under an id that stays the same over all attempts. */
export interface WebhookMessage {
  id: string
  /** When this attempt is made. */
  at: Date
  body: string
}

/** Whoever Pro+ named to hear of its customers' connections. */
export interface WebhookReceiver {
  /** Signs and posts. Never throws for what the receiver does. */
  post(message: WebhookMessage): Promise<Attempt>
}
