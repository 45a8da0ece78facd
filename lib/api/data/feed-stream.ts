import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { refuse } from '../problem.ts'
import type { ApiContext } from '../routes.ts'
import { type ChangeFeed, type Feed, revalidated, startOf } from './feed-answer.ts'
import type { FeedQuery } from './schemas.ts'

/** Records that are read at a time. */
const atOnce = 500

/** Resolves when there is room for more, or the client has gone. */
const write = async (outgoing: ServerResponse, lines: Uint8Array): Promise<void> => {
  outgoing.write(lines)
  if (outgoing.write('\n') || outgoing.destroyed) return
  const settled = new AbortController()
  const { signal } = settled
  await Promise.race([once(outgoing, 'drain', { signal }), once(outgoing, 'close', { signal })]).catch(() => {})
  settled.abort()
}

/**
 * A whole list as lines of JSON, no faster than the client reads them; the last line is the cursor to go on with. Records
 * that change meanwhile come again, further on. What living records stood at the beginning is told; from then on deletions
 * are told too, so that whoever goes on by the cursor misses none.
 */
export const streamFeed = async (
  changeFeed: ChangeFeed,
  context: ApiContext,
  feed: Feed,
  query: FeedQuery,
): Promise<Response> => {
  const { outgoing, incoming } = context.env
  let head = await changeFeed.head(feed)
  const { epoch } = head
  const begun = await changeFeed.locate(feed, startOf(query), head)
  if (typeof begun === 'string') return refuse(begun)
  const headers = { 'content-type': 'application/x-ndjson', ...revalidated }
  outgoing.writeHead(200, headers)
  if (incoming.method === 'HEAD') {
    outgoing.end()
    return RESPONSE_ALREADY_SENT
  }
  let { deleted = query.cursor === undefined ? 'exclude' : 'include' } = query
  let { position: at } = begun
  try {
    while (!outgoing.destroyed) {
      const page = await changeFeed.page(feed, { from: at, upTo: head.change, limit: atOnce, deleted, separator: '\n' })
      at = page.to
      if (page.bytes.length > 0) await write(outgoing, page.bytes)
      if (page.more) continue
      const reached = head.change
      head = await changeFeed.head(feed)
      // without its last line, an export is broken
      if (head.epoch !== epoch) return outgoing.destroy() && RESPONSE_ALREADY_SENT
      if (head.change === reached) break
      if (deleted === 'exclude') deleted = 'include'
    }
    outgoing.end(`${JSON.stringify({ next_cursor: await changeFeed.cursorOf(feed, { ...begun, position: at }) })}\n`)
    return RESPONSE_ALREADY_SENT
  } catch (error) {
    outgoing.destroy()
    throw error
  }
}
