import { z } from '@hono/zod-openapi'
import type { Container } from '#lib/composition/container.ts'
import type { ListId, SyncedList } from '#lib/domain/sync/list.ts'
import { holderOf, keyProblems, tenantParameter } from '../key-holder.ts'
import { refuse } from '../problem.ts'
import { type Api, json, problems, type Route, serveRoute } from '../routes.ts'
import { send } from '../send-response.ts'
import { hasTag, strongTag } from './entity-tags.ts'
import { answerPage, revalidated } from './feed-answer.ts'
import { streamFeed } from './feed-stream.ts'
import { type FeedQuery, feedQuery, pageOf, recordOf } from './schemas.ts'

const tag = z.object({ ETag: z.string(), 'Cache-Control': z.literal('private, no-cache') })
const conditions = z.object({
  'if-none-match': z.string().optional().openapi({ description: 'The `ETag` of what you have: 304 while it holds.' }),
})
const preferences = z.object({
  prefer: z.string().optional().openapi({
    description: '`wait=25` (RFC 7240): without news, the answer comes with the first, or after as many seconds.',
    example: 'wait=25',
  }),
})

const word = (id: ListId) => id[0]?.toUpperCase() + id.slice(1)

const routesOf = (list: SyncedList, record: ReturnType<typeof recordOf>): { list: Route; record: Route } => {
  const { id, provider } = list
  const shared = { method: 'get' as const, tags: ['data'] as [string], security: [{ apiKey: [] as string[] }] }
  const known = { 304: { description: 'What you have still holds.' } }
  const refused = { ...keyProblems, 403: `\`scope_missing\`: the key needs \`${provider}:data:read\`.` }
  return {
    list: {
      ...shared,
      path: `/api/v1/${id}`,
      operationId: `list${word(id)}`,
      summary: `Changes of ${id}, oldest first`,
      description:
        'Follow it: ask without a cursor, take `next_cursor` until `has_more` is false, keep the last and ask with it again later. You then have seen every change, in order; a record that changed twice meanwhile comes once. With `Accept: application/x-ndjson` the whole list comes as lines of JSON, the last of which is `{"next_cursor": …}`: without it the export is broken.',
      request: { query: feedQuery, headers: tenantParameter.extend(conditions.shape).extend(preferences.shape) },
      responses: {
        200: {
          description: 'A page of changes, or all of them as lines.',
          headers: tag.partial({ ETag: true }),
          content: {
            ...json(pageOf(record, list)),
            'application/x-ndjson': {
              schema: z.union([record, z.strictObject({ next_cursor: z.string() })]),
            },
          },
        },
        ...known,
        ...problems({
          ...refused,
          400: `\`parameter_malformed\`; \`cursor_malformed\`; ${keyProblems[400]}`,
          404: '`not_connected`: the list was never copied; `tenant_unknown`.',
          410: '`cursor_expired`: deletions behind it are no longer known (after 90 days), or another account was connected. Begin again without it.',
        }),
      },
    },
    record: {
      ...shared,
      path: `/api/v1/${id}/{id}`,
      operationId: `get${word(id).replace(/ies$/, 'y').replace(/s$/, '')}`,
      summary: `One of the ${id}`,
      request: {
        params: z.object({ id: z.string().openapi({ description: 'The provider’s own id, percent-encoded.' }) }),
        headers: tenantParameter.extend(conditions.shape),
      },
      responses: {
        200: { description: 'As it last was; a tombstone when it was deleted.', headers: tag, content: json(record) },
        ...known,
        ...problems({ ...refused, 404: '`record_unknown`; `tenant_unknown`.' }),
      },
    },
  }
}

/** @returns null for what may not be asked, or is asked twice */
const readQuery = (given: Record<string, string[]>): FeedQuery | null => {
  const isTwice = Object.values(given).some((values) => values.length > 1)
  const once = Object.fromEntries(Object.entries(given).map(([name, [value]]) => [name, value]))
  return isTwice ? null : (feedQuery.safeParse(once).data ?? null)
}

/** Whether lines are asked for; whoever takes anything gets a page. */
const wantsLines = (accept = '') => /application\/x-ndjson/i.test(accept)

/** @param ending told when the process is about to end: nobody is kept waiting then */
export const serveLists = (app: Api, container: Container, ending: AbortSignal) => {
  const { changeFeed } = container
  for (const list of Object.values(changeFeed.lists)) {
    const routes = routesOf(list, recordOf(list))
    const scopes = [`${list.provider}:data:read`] as const

    serveRoute(app, container, routes.list, async (context) => {
      const holder = await holderOf(container, context, scopes)
      if (holder instanceof Response) return holder
      const query = readQuery(context.req.queries())
      if (query === null) return refuse('parameter_malformed')
      const feed = { tenantId: holder.tenantId, list: list.id }
      return wantsLines(context.env.incoming.headers.accept)
        ? streamFeed(changeFeed, context, feed, query)
        : answerPage({ changeFeed, ending }, context, feed, query)
    })

    serveRoute(app, container, routes.record, async (context) => {
      const holder = await holderOf(container, context, scopes)
      if (holder instanceof Response) return holder
      const feed = { tenantId: holder.tenantId, list: list.id }
      const text = await changeFeed.record(feed, context.req.param('id') ?? '')
      if (text === null) return refuse('record_unknown')
      const headers = { ...revalidated, etag: strongTag(text) }
      if (hasTag(context.env.incoming.headers['if-none-match'], headers.etag))
        return new Response(null, { status: 304, headers })
      return send(context, text, { 'content-type': 'application/json', ...headers })
    })
  }
}
