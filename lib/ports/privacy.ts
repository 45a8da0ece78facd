import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Actor, JournalEntry } from '#lib/domain/journal/journal-entry.ts'
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

/** Whose rows: of one person, or all of a customer. */
export type RowsOf = { tenantId: TenantId } | { userId: string }

export type ExportedRow = Readonly<Record<string, unknown>>

/** Who is to be erased, as the caller knows them. */
export interface ErasedPerson {
  userId: string
  tenantId: TenantId | null
  email: string
  /** Their keys of the rate limits. */
  buckets: readonly string[]
}

/** A customer whose erasing was begun and is not over. */
export interface ErasingTenant {
  id: TenantId
  name: string
  since: Date
  /** Who began it. */
  actor: Actor
}

/** What is kept of a person or a customer, to hand it out and to forget it. */
export interface PersonalDataStore {
  /**
   * What may be handed out of a table, page after page as it is taken; nothing of a table that holds nothing of theirs.
   *
   * @param table a name of `dataInventory`
   */
  rows(table: string, of: RowsOf, pageLength: number): AsyncIterable<ExportedRow[]>
  /**
   * Deletes a user and all that is kept of them; the journal keeps the id. A tenant keeps an active admin, support an
   * active user.
   *
   * @returns false when that was in the way, or there is no such user: then nothing was changed
   */
  eraseUser(person: ErasedPerson, entry: JournalEntry): Promise<boolean>
  /**
   * Ends every access of a tenant and its people: its keys, sessions, connections with their tokens, what waits to be sent.
   * It is archived for good, and the entry says that its erasing began: whoever goes on with it finds it by that.
   *
   * @param archivedAt only while it is archived since then; null for the operator, who need not archive it
   * @param entry of no tenant, so that it stays; written once
   * @returns false when it is not, or there is no such tenant
   */
  closeTenant(tenantId: TenantId, archivedAt: Date | null, entry: JournalEntry): Promise<boolean>
  /** Those whose erasing was begun, the first begun first. */
  listErasing(): Promise<ErasingTenant[]>
  /** How many copied records of a tenant are left. */
  countRecords(tenantId: TenantId): Promise<number>
  /** Deletes so many rows of each thing that a tenant may have many of, one process at a time. @returns whether more are left */
  eraseRows(tenantId: TenantId, limit: number): Promise<boolean>
  /** Deletes the tenant with what is left; the entry is written once. */
  eraseTenant(tenantId: TenantId, buckets: readonly string[], entry: JournalEntry): Promise<void>
  /**
   * Leaves nothing of what was deleted in a database file and its log of writes; a server looks after its own.
   *
   * @param mostBytes a larger file is not written anew, which holds everybody up; null always does
   * @returns false when somebody else had the file for too long, or it was too large
   */
  scrub(mostBytes: number | null): Promise<boolean>
}
