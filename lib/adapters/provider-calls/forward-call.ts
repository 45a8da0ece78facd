import type { ForwardedAnswer, ForwardedCall } from '#lib/ports/connections.ts'
import { limitOf } from './seen-limit.ts'

const givenBack = /^(content-type|etag|retry-after|x-ratelimit-.+)$/

const redirects = new Set([301, 302, 303, 307, 308])

const ours = { 'user-agent': 'Porte-cles', 'accept-encoding': 'identity' }

const unlimited = { limit: null, throttled: false }

/** Sends a back end's call to a provider's API with a token; the answer streams, and no redirect is followed. */
export const forwardCall =
  (apiUrl: string) =>
  async (
    { method, path, query, headers, body, signal }: ForwardedCall,
    accessToken: string,
  ): Promise<ForwardedAnswer> => {
    try {
      const answer = await fetch(`${apiUrl}/${path}${query}`, {
        method,
        headers: { ...headers, authorization: `Bearer ${accessToken}`, ...ours },
        ...(body && { body: new Uint8Array(body) }),
        redirect: 'manual',
        signal,
      })
      const evidence = { limit: limitOf(answer.headers), throttled: answer.status === 429 }
      const { status } = answer
      const isRedirect = redirects.has(status)
      if (isRedirect || status < 200 || status > 599) {
        await answer.body?.cancel()
        return { kind: isRedirect ? 'redirect' : 'no_answer', ...evidence }
      }
      const given = Object.fromEntries([...answer.headers].filter(([name]) => givenBack.test(name)))
      return { kind: 'answer', status, headers: given, body: answer.body, ...evidence }
    } catch {
      return { kind: 'no_answer', ...unlimited }
    }
  }
