import { webhookTypes } from '#lib/domain/provider-webhooks/hint.ts'
import { parseObject } from '#lib/domain/tokens/token-response.ts'
import type { WebhookAnswer, WebhookApi } from '#lib/ports/provider-webhooks.ts'
import type { HttpEvidence } from '../http.ts'
import { limitEvidence } from './seen-limit.ts'

type Post = (resource: string, accessToken: string, deadlineMs: number, body?: object) => Promise<HttpEvidence>

const outcome = <T>(call: HttpEvidence, value: (body: string) => T | null): WebhookAnswer<T> => {
  const evidence = limitEvidence(call)
  if (call.kind !== 'answer') return { kind: 'failed', ...evidence }
  if (call.status === 403) return { kind: 'forbidden', ...evidence }
  const done = call.status === 200 || call.status === 204 ? value(call.body) : null
  return done === null ? { kind: 'failed', ...evidence } : { kind: 'done', value: done, ...evidence }
}

const urlsOf = (body: string): readonly string[] | null => {
  const data = parseObject(body)?.data
  if (!Array.isArray(data)) return null
  return data.flatMap((each: unknown) => {
    const url = typeof each === 'object' && each !== null ? (each as Record<string, unknown>).url : null
    return typeof url === 'string' ? [url] : []
  })
}

/** @see https://developer.focus.teamleader.eu/docs/api/webhooks-register */
export const teamleaderWebhooks = (post: Post, local: boolean): WebhookApi => {
  const change = (action: 'register' | 'unregister') => async (url: string, accessToken: string, deadlineMs: number) =>
    outcome(
      await post(`webhooks.${action}`, accessToken, deadlineMs, { url, types: webhookTypes }),
      () => true as const,
    )
  return {
    local,
    list: async (accessToken, deadlineMs) => outcome(await post('webhooks.list', accessToken, deadlineMs), urlsOf),
    register: change('register'),
    unregister: change('unregister'),
  }
}
