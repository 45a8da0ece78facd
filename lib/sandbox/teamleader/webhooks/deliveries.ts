import { setTimeout as sleep } from 'node:timers/promises'
import { type State, switchesFor } from '#lib/sandbox/state.ts'
import { shuffle } from '../generator/random.ts'
import type { OnEvent } from '../records/account-book.ts'
import type { Webhook } from './webhook.ts'

type Delivery = { webhook: Webhook; body: string }

/** Posts what happens to whoever registered for it: each event once or more, never again after a failure. */
export type Deliveries = {
  announce: OnEvent
  /** Resolves when all that was announced has been posted. */
  settled(): Promise<void>
}

const deadlineMs = 5_000
const side = 8

export function webhookDeliveries(state: State): Deliveries {
  let waiting: Delivery[] = []
  let underWay: Promise<void> | undefined

  const drain = async (): Promise<void> => {
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await deliver(state, batch)
    }
    underWay = undefined
  }

  return {
    announce: (book, event) => {
      const accountId = [...state.books].find(([, owned]) => owned === book)?.[0]
      if (accountId === undefined) return
      const listening = state.webhooks.filter((one) => one.accountId === accountId && one.types.includes(event.type))
      for (const webhook of listening) {
        const body = JSON.stringify({ ...event, account: { type: 'account', id: accountId } })
        const { webhook_copies } = switchesFor(state, webhook.clientId)
        for (let copy = 0; copy < webhook_copies; copy += 1) waiting.push({ webhook, body })
      }
      if (waiting.length > 0) underWay ??= drain()
    },
    settled: async () => {
      while (underWay !== undefined) await underWay
    },
  }
}

/** A burst in the order in which things happened, one after the other, or in any order, several at once. */
async function deliver(state: State, batch: Delivery[]): Promise<void> {
  const { webhook_lag_ms, webhooks_shuffled } = switchesFor(state, batch[0]?.webhook.clientId)
  if (webhook_lag_ms > 0) await sleep(webhook_lag_ms, undefined, { ref: false })
  const queue = webhooks_shuffled ? shuffle(batch, state.chance) : batch
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await post(next)
  }
  await Promise.all(Array.from({ length: webhooks_shuffled ? side : 1 }, work))
}

async function post({ webhook, body }: Delivery): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(deadlineMs)
  try {
    const { ok } = await fetch(webhook.url, { method: 'POST', body, headers, signal, redirect: 'manual' })
    webhook[ok ? 'delivered' : 'failed'] += 1
  } catch {
    webhook.failed += 1
  }
}
