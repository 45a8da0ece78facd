import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Deleted, FeedPosition } from '#lib/domain/sync/feed/feed-position.ts'
import type { ListId } from '#lib/domain/sync/list.ts'

/** How far the changes of a list go. */
export interface FeedHead {
  epoch: number
  /** What stands at or below it is of an account that was replaced. */
  epochChange: number
  /** The last change number given: everything up to it is committed. */
  change: number
  /** Tombstones up to it are no longer there. */
  forgottenChange: number
  completeAt: Date | null
  provenAt: Date | null
}

/** Records behind a position, up to another. */
export interface FeedPage {
  /** JSON of each in UTF-8, with the separator between. */
  bytes: Uint8Array
  to: FeedPosition
  more: boolean
}

/** The changes of a list, as back ends follow them. */
export interface FeedStore {
  /** One indexed read. @returns null for a list that is not copied */
  feedHead(tenantId: TenantId, list: ListId): Promise<FeedHead | null>
  /** Those behind `from`, up to all of the change `upTo`, at most `limit`. */
  feedPage(
    of: { tenantId: TenantId; list: ListId },
    range: { from: FeedPosition; upTo: number; limit: number; deleted: Deleted; separator: string },
  ): Promise<FeedPage>
  /** One record as JSON, living or deleted. */
  feedRecord(of: { tenantId: TenantId; list: ListId }, id: string): Promise<string | null>
  /** The number of the last change before an instant, as far as clocks agree. */
  changeBefore(of: { tenantId: TenantId; list: ListId }, at: Date, upTo: number): Promise<number>
  /** Deletes tombstones that are older. @returns whether more may be left */
  forgetTombstones(before: Date, limit: number): Promise<boolean>
}
