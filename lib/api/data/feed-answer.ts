import type { Container } from '#lib/composition/container.ts'
import { refuse } from '../problem.ts'
import type { ApiContext } from '../routes.ts'
import { send, sendUnchanged } from '../send-response.ts'
import { hasTag, weakTag } from './entity-tags.ts'
import type { FeedQuery } from './schemas.ts'
import { preferredWait, waitFor } from './wait.ts'

export type ChangeFeed = Container['changeFeed']
export type Feed = Parameters<ChangeFeed['head']>[0]
type Head = Awaited<ReturnType<ChangeFeed['head']>>

/** Nobody but who asked may keep it, and only to ask whether it still holds. */
export const revalidated = { 'cache-control': 'private, no-cache', vary: 'Authorization, Porte-Cles-Tenant, Accept' }

export const startOf = ({ cursor, updated_since }: FeedQuery) => ({
  cursor: cursor ?? null,
  updatedSince: updated_since ?? null,
})

const opening = Buffer.from('{"data":[')

const iso = (at: Date | null) => (at ? `"${at.toISOString()}"` : 'null')

/** Of all that an answer to one question depends on: who has it and asks again costs one read. */
const tagOf = ({ tenantId, list }: Feed, { epoch, change, completeAt, provenAt }: Head) =>
  weakTag(tenantId, list, epoch, change, iso(completeAt), iso(provenAt))

const revalidatedBy = (feed: Feed, head: Head) => ({ ...revalidated, etag: tagOf(feed, head) })

/** A page of changes as JSON; with nothing new, after the wait that the client would rather have. */
export const answerPage = async (
  { changeFeed, ending }: { changeFeed: ChangeFeed; ending: AbortSignal },
  context: ApiContext,
  feed: Feed,
  query: FeedQuery,
): Promise<Response> => {
  const { incoming, outgoing } = context.env
  const { prefer, 'if-none-match': known } = incoming.headers
  const waitS = preferredWait(prefer)
  let head = await changeFeed.head(feed)
  // nothing else is read for it, not even the cursor: it goes on from where it stands
  if (waitS === 0 && hasTag(known, tagOf(feed, head))) return sendUnchanged(context, revalidatedBy(feed, head))
  const begun = await changeFeed.locate(feed, startOf(query), head)
  if (typeof begun === 'string') return refuse(begun)
  let waited: Record<string, string> = {}
  const seen = head.change
  if (waitS > 0 && (hasTag(known, tagOf(feed, head)) || changeFeed.isRead(begun.position, head))) {
    const { epoch } = head
    const hasNews = async () => {
      head = await changeFeed.head(feed)
      return head.change > seen || head.epoch !== epoch
    }
    await waitFor(hasNews, waitS, outgoing, ending)
    waited = { 'preference-applied': `wait=${waitS}` }
    if (head.epoch !== epoch) return refuse('cursor_expired')
  }
  const headers = { ...revalidatedBy(feed, head), ...waited }
  if (hasTag(known, headers.etag)) return sendUnchanged(context, headers)
  const { limit, deleted = 'include' } = query
  const { bytes, cursor, more } = await changeFeed.answer(feed, begun, { head, limit, deleted })
  const times = `"complete_at":${iso(head.completeAt)},"proven_at":${iso(head.provenAt)}`
  return send(context, [opening, bytes, Buffer.from(`],"next_cursor":"${cursor}","has_more":${more},${times}}`)], {
    'content-type': 'application/json',
    ...headers,
  })
}
