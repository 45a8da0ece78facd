import type { ListQuestion } from '#lib/domain/sync/question.ts'
import { parseObject } from '#lib/domain/tokens/token-response.ts'
import type { ListAnswer, ReadList } from '#lib/ports/sync.ts'
import type { HttpEvidence } from '../http.ts'
import { limitOf } from '../provider-calls/seen-limit.ts'
import { readFailure } from '../teo-answer.ts'
import { dateOf, waitOf } from './list-answer.ts'

type Get = (path: string, accessToken: string, deadlineMs: number) => Promise<HttpEvidence>

/** API Platform words a collection with its prefix, and since version 3 without. */
const either = (object: Record<string, unknown> | null, key: string) => object?.[`hydra:${key}`] ?? object?.[key]

const objectOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null

const pathOf = (list: string, question: ListQuestion) => {
  if (question.kind === 'record') return `/${list}/${encodeURIComponent(question.id.split('/').at(-1) ?? '')}`
  return question.kind === 'page' && question.page > 1 ? `/${list}?page=${question.page}` : `/${list}`
}

/** Pages are counted by us: an address that an answer names is followed nowhere. */
export const teoLists =
  (get: Get): ReadList =>
  async ({ id: list }, question, accessToken, deadlineMs): Promise<ListAnswer> => {
    const call = await get(pathOf(list, question), accessToken, deadlineMs)
    if (call.kind !== 'answer')
      return { kind: 'failed', failure: 'provider_unavailable', retryAfterMs: null, limit: null }
    const { headers, status } = call
    const limit = limitOf(headers)
    const body = status === 200 ? parseObject(call.body) : null
    const at = dateOf(headers)
    if (question.kind === 'record') {
      if (body) return { kind: 'rows', rows: [body], at, total: null, more: false, limit }
      if (readFailure(call) === 'target_unknown') return { kind: 'gone', limit }
    }
    const rows = either(body, 'member')
    const total = either(body, 'totalItems')
    if (question.kind !== 'record' && Array.isArray(rows)) {
      const next = either(objectOf(either(body, 'view')), 'next')
      const isCount = typeof total === 'number' && Number.isInteger(total)
      return { kind: 'rows', rows, at, total: isCount ? total : null, more: typeof next === 'string', limit }
    }
    return { kind: 'failed', failure: readFailure(call) ?? 'read_failed', retryAfterMs: waitOf(headers), limit }
  }
