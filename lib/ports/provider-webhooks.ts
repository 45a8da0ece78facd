import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { HintKind, WebhookState } from '#lib/domain/provider-webhooks/hint.ts'
import type { LimitEvidence } from './rate-budget.ts'

/** What came of a call about webhooks; `forbidden`: this integration, or the user behind it, may have none. */
export type WebhookAnswer<T> = LimitEvidence & ({ kind: 'done'; value: T } | { kind: 'forbidden' } | { kind: 'failed' })

/** How a provider is asked to tell what changes. Never throws for what it does. */
export interface WebhookApi {
  /** It runs on this machine, so it reaches any address of ours. */
  local: boolean
  /** The URLs that are registered for this client and account, ours and others. */
  list(accessToken: string, deadlineMs: number): Promise<WebhookAnswer<readonly string[]>>
  register(url: string, accessToken: string, deadlineMs: number): Promise<WebhookAnswer<true>>
  unregister(url: string, accessToken: string, deadlineMs: number): Promise<WebhookAnswer<true>>
}

/** A connection whose webhooks are to be looked at. */
export interface DueWebhooks {
  connectionId: string
  tenantId: TenantId
  provider: ProviderId
  state: WebhookState
  secretHash: string | null
}

export interface WebhookStatus {
  provider: ProviderId
  state: WebhookState
  secretHash: string | null
  /** When the provider last told something, to the minute. */
  lastHintAt: Date | null
}

/** Who is told by a webhook. */
export interface HintedConnection {
  provider: ProviderId
  connectionId: string
  tenantId: TenantId
}

/** A record that may have changed, as its provider said; nothing else of what it sent is believed. */
export interface Hint {
  tenantId: TenantId
  kind: HintKind
  /** What the provider calls the record. */
  id: string
  /** Counts how often it was told: a hint that is told again while it is worked on stays. */
  told: number
}

export interface ProviderWebhookStore {
  /** Connections of a version that knew no webhooks get theirs, some hundreds at a time. */
  adopt(provider: ProviderId, now: Date): Promise<void>
  /** Hands out connections whose webhooks are due, each to one caller: to all others they are due in `claimMs` again. */
  claimDue(limit: number, claimMs: number, now: Date): Promise<DueWebhooks[]>
  /**
   * A secret that is about to be registered: the one before is answered no more.
   * @param before null where there is none
   * @returns false when that changed, or the connection has no webhooks any more
   */
  expect(connectionId: string, before: string | null, secretHash: string): Promise<boolean>
  /** What a look at the webhooks came to, while the secret is still this one. */
  settle(
    of: { connectionId: string; secretHash: string | null },
    found: { state: WebhookState; dueInMs: number; entry: JournalEntry | null },
    now: Date,
  ): Promise<void>
  /** Which of these belong to a connection, of whichever tenant. */
  known(secretHashes: readonly string[]): Promise<ReadonlySet<string>>
  findBySecret(secretHash: string): Promise<HintedConnection | null>
  /** How webhooks of a tenant stand; null without a connection that could have some. */
  status(tenantId: TenantId): Promise<WebhookStatus | null>
  /** Notes what a connection was told, to be worked on in `delayMs`: once, however often it comes. */
  addHint(of: HintedConnection, hint: { kind: HintKind; id: string }, delayMs: number, now: Date): Promise<void>
  /** Hands out hints that are due, oldest first, each to one caller: to all others they are due in `claimMs` again. */
  claimHints(kinds: readonly HintKind[], limit: number, claimMs: number, now: Date): Promise<Hint[]>
  /** Hints that nobody could follow are due again in `delayMs`. */
  putOffHints(hints: readonly Hint[], delayMs: number, now: Date): Promise<void>
  /** Forgets hints that were worked on, but for those that were told again meanwhile. */
  finishHints(hints: readonly Hint[]): Promise<void>
}
