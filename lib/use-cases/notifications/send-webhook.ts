import type { Attempt } from '#lib/domain/notifications/delivery.ts'
import type { EventPayload } from '#lib/domain/notifications/webhook-event.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { Claimed } from '#lib/ports/notifications.ts'

/** One attempt to send a connection's event to the webhook of Pro+. */
export const sendWebhook = ({ store, webhook, clock }: Deps) => {
  const attempt = async ({ id, kind, payload }: Claimed<'webhook'>): Promise<Attempt> => {
    if (!webhook) return { delivered: false, answer: 'no_webhook', final: true }
    const { connectionId, at, ...news } = payload as EventPayload
    const subject = await store.deliveries.findSubject(connectionId)
    if (!subject) return { delivered: false, answer: 'connection_gone', final: true }
    const { state, reason, since } = subject.status
    const body = JSON.stringify({
      type: kind,
      timestamp: at,
      data: {
        tenant_id: subject.tenantId,
        ref: subject.ref,
        provider: subject.provider,
        ...{ state, reason, since: since.toISOString(), ...news },
      },
    })
    return webhook.post({ id, at: clock.now(), body })
  }
  return attempt
}

export type SendWebhook = ReturnType<typeof sendWebhook>
