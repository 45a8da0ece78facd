import type { Attempt } from '#lib/domain/notifications/delivery.ts'
import { changesKey, type EventPayload, type ListPayload } from '#lib/domain/notifications/webhook-event.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { Claimed } from '#lib/ports/notifications.ts'

type Delivered = Claimed<'webhook'>

/** An event as its receiver reads it; a string says why there is nothing to send. */
type Message = { timestamp: string; data: object } | 'connection_gone' | 'overtaken'

/** One attempt to send an event to the webhook of Pro+. */
export const sendWebhook = ({ store, webhook, clock }: Deps) => {
  const ofConnection = async ({ payload }: Delivered): Promise<Message> => {
    const { connectionId, at, ...news } = payload as EventPayload
    const subject = await store.deliveries.findSubject(connectionId)
    if (!subject) return 'connection_gone'
    const { tenantId, ref, provider, status } = subject
    const { state, reason, since, enabled } = status
    return {
      timestamp: at,
      data: {
        ...{ tenant_id: tenantId, ref, provider },
        ...{ state, reason, since: since.toISOString(), enabled, ...news },
      },
    }
  }

  /** Thin: what changed is read from the list itself. */
  const ofList = async ({ tenantId, payload }: Delivered): Promise<Message> => {
    const { list, at } = payload as ListPayload
    // a later one waits, and tells of these changes too
    if (await store.deliveries.isWaiting(changesKey(tenantId, list))) return 'overtaken'
    const tenant = await store.accounts.findTenant(tenantId)
    const head = await store.sync.feedHead(tenantId, list)
    if (!tenant || !head) return 'connection_gone'
    return { timestamp: at, data: { tenant_id: tenantId, ref: tenant.ref, kind: list, change: head.change } }
  }

  const attempt = async (delivery: Delivered): Promise<Attempt> => {
    if (!webhook) return { delivered: false, answer: 'no_webhook', final: true }
    const { id, kind } = delivery
    const payload = kind === 'data.changed' ? await ofList(delivery) : await ofConnection(delivery)
    if (typeof payload === 'string') return { delivered: false, answer: payload, final: true }
    return webhook.post({ id, at: clock.now(), body: JSON.stringify({ type: kind, ...payload }) })
  }
  return attempt
}

export type SendWebhook = ReturnType<typeof sendWebhook>
