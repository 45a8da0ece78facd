import { dayMs } from '#lib/domain/duration.ts'
import { digestDay, isNews } from '#lib/domain/notifications/digest.ts'
import { keptDays } from '#lib/domain/privacy/retention.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ReadDigest } from './read-digest.ts'

/** Once a day, for support: who is in need. Any number of processes put one mail for each of them in the outbox. */
export const queueDigest = ({ store, clock }: Deps, digest: ReadDigest) => {
  let lastDay: string | null = null

  /** @returns how many mails there are of today; 0 outside the morning, or once they are in the outbox. */
  const queue = async (): Promise<number> => {
    const now = clock.now()
    const day = digestDay(now)
    if (day === null || day === lastDay) return 0
    const news = isNews(await digest(1))
    const readers = news ? await store.deliveries.listRecipients(null) : []
    const mails = readers.map((userId) => ({
      ...({ channel: 'mail', kind: 'digest', tenantId: null } as const),
      ...{ onceKey: `digest:${day}:${userId}`, userId, payload: {} },
    }))
    await store.deliveries.add(mails, { now, entry: null })
    await store.deliveries.prune(keptDays.deliveries * dayMs, now)
    lastDay = day
    return mails.length
  }

  return queue
}
