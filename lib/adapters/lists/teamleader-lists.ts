import { type ListQuestion, pageSize } from '#lib/domain/sync/question.ts'
import { parseObject } from '#lib/domain/tokens/token-response.ts'
import type { ListAnswer, ReadList } from '#lib/ports/sync.ts'
import type { HttpEvidence } from '../http.ts'
import { limitOf } from '../provider-calls/seen-limit.ts'
import { readFailure, refusedBy } from '../teamleader-answer.ts'
import { dateOf, waitOf } from './list-answer.ts'

type Post = (resource: string, accessToken: string, deadlineMs: number, body: object) => Promise<HttpEvidence>

const ascending = (...fields: string[]) => fields.map((field) => ({ field, order: 'asc' }))

/** With an offset and without fractions: the filter takes nothing else. */
const instant = (second: number) => new Date(second * 1000).toISOString().replace('.000Z', '+00:00')

const bodyOf = (question: ListQuestion): object => {
  // without it lists leave custom fields out
  const includes = 'custom_fields'
  switch (question.kind) {
    case 'since':
      return {
        includes,
        filter: { updated_since: instant(question.since) },
        sort: ascending('updated_at', 'added_at'),
        page: { size: pageSize, number: question.page },
      }
    case 'page': {
      const sort = question.order === 'added' ? ascending('added_at') : ascending('updated_at', 'added_at')
      return { includes, sort, page: { size: pageSize, number: question.page } }
    }
    case 'ids':
      return { includes, filter: { ids: question.ids }, page: { size: pageSize, number: 1 } }
    case 'of_company':
      return { filter: { company_id: question.companyId }, page: { size: pageSize, number: 1 } }
    case 'whole':
      return {}
    case 'record':
      return { id: question.id }
  }
}

/** @see https://developer.focus.teamleader.eu/docs/api/companies-list */
export const teamleaderLists =
  (post: Post): ReadList =>
  async ({ id: list }, question, accessToken, deadlineMs): Promise<ListAnswer> => {
    const single = question.kind === 'record'
    const call = await post(`${list}.${single ? 'info' : 'list'}`, accessToken, deadlineMs, bodyOf(question))
    if (call.kind !== 'answer')
      return { kind: 'failed', failure: 'provider_unavailable', retryAfterMs: null, limit: null }
    const { headers } = call
    const limit = limitOf(headers)
    const data = call.status === 200 ? parseObject(call.body)?.data : undefined
    const at = dateOf(headers)
    if (single && typeof data === 'object' && data !== null)
      return { kind: 'rows', rows: [data], at, total: null, more: null, limit }
    if (!single && Array.isArray(data)) return { kind: 'rows', rows: data, at, total: null, more: null, limit }
    if (single && refusedBy(call) === 404) return { kind: 'gone', limit }
    return { kind: 'failed', failure: readFailure(call) ?? 'read_failed', retryAfterMs: waitOf(headers), limit }
  }
