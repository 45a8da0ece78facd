import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'

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
