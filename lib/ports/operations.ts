import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ConnectionState } from '#lib/domain/connections/connection-status.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Delivery } from '#lib/domain/notifications/delivery.ts'
import type { ListId } from '#lib/domain/sync/list.ts'

/** Connections that came from a backup and wait for a decision. */
export interface Restored {
  count: number
  /** The instant of the newest backup they came from. */
  from: Date | null
}

export interface Quarantine {
  /** The instant of the backup, as far as it is known. */
  restoredAt: Date
  /** Only while the mark is behind this, which it is raised to: of all who see it one acts. Null acts in any case. */
  behind: Date | null
  now: Date
}

export interface RestoreStore {
  /** When a token set was last stored, by a clock that never goes back; null before the first. */
  findMark(): Promise<Date | null>
  /**
   * Raises the mark to `to`.
   *
   * @param from what it is known to be: nothing is written when it is less, as in a database that went back in time
   * @returns false when nothing was written, because it is less than `from` or no less than `to`
   */
  raiseMark(from: Date | null, to: Date): Promise<boolean>
  /** Of when the data are: the newest entry of the journal. */
  findNewest(): Promise<Date | null>
  /**
   * Flags every connection that has tokens, and drops what was under way when the backup was made: candidates, an outage,
   * deliveries that waited.
   *
   * @returns how many connections are flagged since; null when somebody else did it
   */
  quarantine(quarantine: Quarantine): Promise<number | null>
  countRestored(): Promise<Restored>
  listRestored(limit: number): Promise<{ tenantId: TenantId; provider: ProviderId }[]>
  /**
   * Takes the flag away, while it is the one that was seen.
   *
   * @param fingerprint of a refresh token that was perhaps used since the backup: kept as an unsettled intent
   * @param due whether the background work refreshes it now
   */
  resume(
    at: { tenantId: TenantId; connectionId: string; tokenSetId: string; restoredAt: Date },
    change: { fingerprint: string | null; due: boolean },
    entry: JournalEntry,
  ): Promise<boolean>
}

/** The mark that lies beside the keys; none where the database is a server. */
export interface MarkFile {
  /** Null before the first. */
  read(): Promise<Date | null>
  write(at: Date): Promise<void>
}

/** The keys that sealed something in the database, each with a probe that tells a wrong key under its id. */
export interface VaultKeyStore {
  list(): Promise<{ id: string; sealedProbe: string }[]>
  add(key: { id: string; sealedProbe: string; at: Date }): Promise<void>
  /** @returns false when it is not known, or something is sealed with it: then nothing was changed. */
  forget(id: string, entry?: JournalEntry): Promise<boolean>
}

/** How all that is there stands, whichever process asks: every number comes from an index. */
export interface Fleet {
  connections: { provider: ProviderId; state: ConnectionState; count: number }[]
  /** Providers that are not called, because they fail for everybody. */
  openBreakers: ProviderId[]
  /** Milliseconds that what waits longest in each queue is overdue; 0 where nothing is. */
  queueDelaysMs: Record<Queue, number>
  /** Milliseconds since the least recent copy of each list was complete, and since it was last proven. */
  lists: { list: ListId; lagMs: number | null; proofAgeMs: number | null }[]
}

export type Queue = 'refresh' | 'sync' | 'hint' | 'delivery'

export interface FleetStore {
  measure(lists: readonly ListId[], now: Date): Promise<Fleet>
  /** Milliseconds that this host's clock is ahead of the database's; null where they are one. */
  findClockAhead(now: Date): Promise<number | null>
}

/** Counts what happens in this process. Nothing here throws, and no label names a tenant or a person. */
export interface Meter {
  /** @param outcome `ok`, or why there are no new tokens */
  refreshed(provider: ProviderId, outcome: string): void
  /** An access token was handed out, this long after the provider gave it. */
  handedOut(provider: ProviderId, ageMs: number): void
  recordsChanged(list: ListId, change: 'added' | 'changed' | 'deleted', count: number): void
  /** One attempt to deliver something. */
  attempted(channel: Delivery['channel'], outcome: 'delivered' | 'retried' | 'given_up'): void
}

/** What is sealed, and where it stands: a sealed value moved elsewhere does not open. */
export type SealContext =
  | { purpose: 'access_token' | 'refresh_token' | 'client_secret'; tenant: string; row: string; generation: number }
  | { purpose: 'parked_code' | 'code_verifier'; tenant: string; row: string }
  | { purpose: 'totp_secret' | 'erasure_key'; row: string }
  | { purpose: 'feed_cursor'; tenant: string; list: string }
  | { purpose: 'waiting_code' | 'oidc_departure' | 'oidc_checks' | 'known_browser' | 'key_probe' }

/** Contexts of what is sealed in the database, and not in a cookie. */
export type StoredContext = Extract<SealContext, { row: string }>

export interface SealedValue {
  sealed: string
  context: StoredContext
}

/** Everything that is sealed in the database, for the keys alone: nothing is opened here. */
export interface SealedValueStore {
  /** How many values are sealed with this key; without one, how many there are at all. */
  count(keyId?: string): Promise<number>
  /** Values of this purpose that are sealed with another key, by row, behind the row `after`. */
  listOthers(purpose: StoredContext['purpose'], keyId: string, after: string, limit: number): Promise<SealedValue[]>
  /** Puts a value in place of this very one. @returns false when it was changed meanwhile. */
  replace(value: SealedValue, sealed: string): Promise<boolean>
}
