import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { ListId } from '#lib/domain/sync/list.ts'

/** How many records of a list stay erased, and since when. */
export interface ErasedCount {
  list: ListId
  count: number
  first: Date
  last: Date
}

interface ErasedId {
  tenantId: TenantId
  list: ListId
  /** HMAC of what the provider calls the record. */
  idHash: string
  /** What the provider calls it: never stored here. */
  providerId: string
}

/** Records that were erased, by a hash of their ids: they are never stored again. */
export interface ErasedIdStore {
  /** The sealed key of a tenant's hashes; null while it never erased anything. */
  findKey(tenantId: TenantId): Promise<string | null>
  /** Stores a key where there is none. */
  addKey(tenantId: TenantId, sealedKey: string, now: Date): Promise<void>
  /** Which of these hashes are erased. */
  among(tenantId: TenantId, list: ListId, hashes: readonly string[]): Promise<string[]>
  /** How many the provider is taken to have still; with `before`, those of them that were not met since. */
  countMet(tenantId: TenantId, list: ListId, before?: Date): Promise<number>
  list(tenantId: TenantId): Promise<ErasedCount[]>
  /**
   * Leaves a tombstone of the record, with a change number of its own, forgets what was told of it, and keeps the hash: in
   * one commit that a page in flight does not survive.
   *
   * @returns false when a step was stored since the list was found: it is to be found again
   */
  erase(id: ErasedId, seen: { step: number; change: number }, entry: JournalEntry): Promise<boolean>
  /** Lets the record come back, and asks for it where single ones can be asked for. @returns false when it was not erased */
  lift(id: ErasedId, entry: JournalEntry): Promise<boolean>
}
