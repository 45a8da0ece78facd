import { type JournalEntry, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import { type Attempt, retryInMs } from '#lib/domain/notifications/delivery.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ClaimedDelivery } from '#lib/ports/notifications.ts'
import type { SendMail } from './send-mail.ts'
import type { SendWebhook } from './send-webhook.ts'

/** Attempts under way at once, for each process. */
const concurrency = 8
/** Longer than any attempt takes. */
const leaseMs = 60_000

/** Sends what is due in the outbox, in any number of processes. */
export const dispatchDeliveries = (
  { store, clock, random, log, meter }: Deps,
  sendMail: SendMail,
  sendWebhook: SendWebhook,
) => {
  const dispatch = (delivery: ClaimedDelivery) =>
    delivery.channel === 'mail' ? sendMail(delivery) : sendWebhook(delivery)

  const attempt = async (delivery: ClaimedDelivery): Promise<Attempt> => {
    try {
      return await dispatch(delivery)
    } catch (error) {
      const errorClass = error instanceof Error ? error.name : 'unknown'
      log.error('a delivery was not attempted', { errorClass })
      return { delivered: false, answer: errorClass }
    }
  }

  /** What the journal says of a delivery that is over: whose mail arrived, what never did, and what was needed no more. */
  const entryOf = (delivery: ClaimedDelivery, came: Attempt, at: Date): JournalEntry | null => {
    const { channel, kind, tenantId, userId, attempts } = delivery
    const about = { at, tenantId, actor: { kind: 'system' } } as const
    if (!came.delivered) {
      // a later one tells of the same changes
      if (kind === 'data.changed' && came.final) return null
      const detail = { userId, kind, attempts, error: came.answer }
      if (came.answer === 'overtaken' || came.answer === 'no_recipient')
        return journalEntry({ ...about, event: 'delivery.overtaken', detail })
      const noServer = came.answer === 'no_mail_server' && ({ outcome: 'mail_missing' } as const)
      return journalEntry({ ...about, event: 'delivery.given_up', ...noServer, detail })
    }
    return channel === 'mail' ? journalEntry({ ...about, event: `${kind}.sent`, detail: { userId } }) : null
  }

  const send = async (delivery: ClaimedDelivery) => {
    const came = await attempt(delivery)
    const again = came.delivered || came.final ? null : retryInMs(delivery.attempts, random.jitter(), came.askedMs)
    meter.attempted(delivery.channel, came.delivered ? 'delivered' : again === null ? 'given_up' : 'retried')
    const now = clock.now()
    const entry = again === null ? entryOf(delivery, came, now) : null
    await store.deliveries.finish(delivery, { ...came, retryInMs: again }, { now, entry })
  }

  /** One round. @returns how many were due: call again while there are. */
  const sendDue = async (): Promise<number> => {
    const due = await store.deliveries.claimDue(concurrency, leaseMs, clock.now())
    await Promise.all(due.map(send))
    return due.length
  }

  return sendDue
}
