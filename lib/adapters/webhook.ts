import { Webhook } from 'standardwebhooks'
import type { Attempt } from '#lib/domain/notifications/delivery.ts'
import { retryAfterMs } from '#lib/domain/tokens/retry-after.ts'
import type { WebhookReceiver } from '#lib/ports/notifications.ts'
import { callProvider, type HttpEvidence } from './http.ts'

const bounds = { deadlineMs: 15_000, capBytes: 64 * 1024 }

const decide = (call: HttpEvidence, at: Date): Attempt => {
  if (call.kind !== 'answer') return { delivered: false, answer: call.detail }
  const { status, headers } = call
  if (status >= 200 && status < 300) return { delivered: true, answer: String(status) }
  const asked = { retryAfter: headers.get('retry-after'), reset: null }
  // 410: the receiver wants no more of it
  return { delivered: false, answer: String(status), final: status === 410, askedMs: retryAfterMs(asked, at) ?? 0 }
}

/**
 * Posts events that each secret signs: any 2xx within 15 s is delivered, a redirect is not followed.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const webhookReceiver = ({ url, secrets }: { url: string; secrets: readonly string[] }): WebhookReceiver => {
  const signers = secrets.map((secret) => new Webhook(secret))
  return {
    post: async ({ id, at, body }) => {
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Porte-cles',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signers.map((signer) => signer.sign(id, at, body)).join(' '),
      }
      return decide(await callProvider(url, { method: 'POST', headers, body }, bounds), at)
    },
  }
}
