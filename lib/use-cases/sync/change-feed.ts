import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { Failure } from '#lib/domain/failure.ts'
import { answerCache, type FeedAnswer } from '#lib/domain/sync/feed/answer-cache.ts'
import {
  behind,
  type Deleted,
  type FeedCursor,
  type FeedPosition,
  isBehind,
  readCursor,
  writeCursor,
} from '#lib/domain/sync/feed/feed-position.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import { syncedLists } from '#lib/domain/sync/synced-lists.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { FeedHead, FeedPage } from '#lib/ports/sync/feed.ts'

export interface Feed {
  tenantId: TenantId
  list: ListId
}

/** From where a feed is read: what a cursor says, else an instant, else the beginning. */
export interface FeedStart {
  cursor: string | null
  updatedSince: Date | null
}

type CursorRefusal = 'cursor_malformed' | 'cursor_expired'

/** The changes of copied lists, as back ends follow them. */
export const changeFeed = ({ store, vault }: Deps) => {
  const contextOf = ({ tenantId, list }: Feed) => ({ purpose: 'feed_cursor' as const, tenant: tenantId, list })

  const openCursor = async (feed: Feed, cursor: string, head: FeedHead): Promise<FeedCursor | CursorRefusal> => {
    let text: string | null
    try {
      text = await vault.open(cursor, contextOf(feed))
    } catch (error) {
      // sealed with a key that was forgotten since
      if (error instanceof Failure && error.evidence.keyId !== undefined) return 'cursor_expired'
      throw error
    }
    const read = text === null ? null : readCursor(text)
    if (!read) return 'cursor_malformed'
    const { epoch, position, horizon } = read
    if (epoch !== head.epoch || position.change > head.change) return 'cursor_expired'
    const { forgottenChange } = head
    return forgottenChange <= horizon || isBehind(position, forgottenChange) ? read : 'cursor_expired'
  }

  /** Opaque, and of no use for another tenant or list. */
  const cursorOf = (feed: Feed, cursor: FeedCursor): Promise<string> => vault.seal(writeCursor(cursor), contextOf(feed))

  const kept = answerCache()

  return {
    /** What is copied, and of which provider. */
    lists: syncedLists,

    /** @throws Failure `not_connected` for a list that was never copied */
    head: async ({ tenantId, list }: Feed): Promise<FeedHead> => {
      const head = await store.sync.feedHead(tenantId, list)
      if (!head) throw new Failure('not_connected')
      return head
    },

    /** @returns why not, where tombstones behind a cursor are gone or it is of another account, tenant or list */
    locate: async (
      feed: Feed,
      { cursor, updatedSince }: FeedStart,
      head: FeedHead,
    ): Promise<FeedCursor | CursorRefusal> => {
      if (cursor !== null) return openCursor(feed, cursor, head)
      const { epoch, epochChange, forgottenChange, change } = head
      const before = updatedSince === null ? 0 : await store.sync.changeBefore(feed, updatedSince, change)
      return { epoch, position: behind(Math.max(before, epochChange)), horizon: forgottenChange }
    },

    /** Whether nothing stands behind a position. */
    isRead: (position: FeedPosition, { change }: FeedHead): boolean => isBehind(position, change),

    /** A page and the cursor behind it, `more` saying whether there is another; kept a while for who asks the same. */
    answer: (
      feed: Feed,
      begun: FeedCursor,
      { head, limit, deleted }: { head: FeedHead; limit: number; deleted: Deleted },
    ): Promise<FeedAnswer> => {
      const { position: from, epoch, horizon } = begun
      const upTo = head.change
      const question = [feed.tenantId, feed.list, epoch, horizon, upTo, from.change, from.record, limit, deleted]
      return kept.get(question.join(' '), async () => {
        const { bytes, to, more } = await store.sync.feedPage(feed, { from, upTo, limit, deleted, separator: ',' })
        return { bytes, more, cursor: await cursorOf(feed, { ...begun, position: to }) }
      })
    },

    page: (
      feed: Feed,
      range: { from: FeedPosition; upTo: number; limit: number; deleted: Deleted; separator: string },
    ): Promise<FeedPage> => store.sync.feedPage(feed, range),

    cursorOf,

    /** @returns JSON; null for an id that the copy never had, or no longer remembers */
    record: (feed: Feed, id: string): Promise<string | null> => store.sync.feedRecord(feed, id),
  }
}
