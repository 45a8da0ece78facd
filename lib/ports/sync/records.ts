import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { SyncedRecord } from '#lib/domain/sync/record.ts'
import type { RecordCursor, RecordPlace, RecordView } from '#lib/domain/sync/records/record-view.ts'
import type { Tally } from '#lib/domain/sync/tally.ts'

/** A record as lists show it. */
export interface ListedRecord {
  n: number
  /** The provider's own name of it. */
  id: string
  name: string
  status: string | null
  facet: string | null
  body: SyncedRecord['body']
  updatedAt: Date | null
  /** The provider had it no more when it was last asked for. */
  missing: boolean
  place: RecordPlace
}

/** How far the copy of a list is, as its pages tell it. */
export interface CopyState {
  /** The last change number: while it stays, no record changed. */
  change: number
  tally: Tally
  completeAt: Date | null
  provenAt: Date | null
  failure: FailureCode | null
}

/** Reads of copied records by people; deleted ones are nowhere among them. */
export interface RecordStore {
  /**
   * At most `limit` records on from the cursor, in the order they are shown.
   *
   * @returns matched how many were found in all, where words were looked for; partial when more match than are looked at
   */
  list(
    of: { tenantId: TenantId; list: ListId },
    view: RecordView,
    cursor: RecordCursor | null,
    limit: number,
  ): Promise<{ rows: ListedRecord[]; matched: number | null; partial: boolean }>
  /** Part of all that a view shows, in its order. @param limit records looked at; @returns where to go on, null at the end */
  slice(
    of: { tenantId: TenantId; list: ListId },
    view: RecordView,
    after: RecordPlace | null,
    limit: number,
  ): Promise<{ rows: ListedRecord[]; after: RecordPlace | null }>
  find(of: { tenantId: TenantId; list: ListId }, n: number): Promise<ListedRecord | null>
  /** Those of these that are copied, by the provider's own names of them; in the order of their names. */
  named(of: { tenantId: TenantId; list: ListId }, ids: readonly string[]): Promise<ListedRecord[]>
  /** Different statuses or facets of a list in order, at most `limit`. */
  values(of: { tenantId: TenantId; list: ListId }, column: 'status' | 'facet', limit: number): Promise<string[]>
  /** @returns null where nothing was ever to be copied */
  copy(of: { tenantId: TenantId; list: ListId }): Promise<CopyState | null>
}
