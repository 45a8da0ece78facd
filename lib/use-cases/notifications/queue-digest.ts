import { zoneOf } from '#lib/domain/calendar-day.ts'
import { dayMs } from '#lib/domain/duration.ts'
import { digestDay, isNews } from '#lib/domain/notifications/digest.ts'
import { retentionDays } from '#lib/domain/privacy/retention.ts'
import type { Deps } from '#lib/ports/deps.ts'
import type { ReadDigest } from './read-digest.ts'

/**
 * Once a day, for support: who is in need, to each in their own morning. Any number of processes put one mail for each of
 * them in the outbox.
 */
export const queueDigest = ({ store, clock }: Deps, digest: ReadDigest) => {
  /** The last day that was looked at for each reader, by id. */
  let lastDays = new Map<string, string>()
  let prunedAt = Number.NEGATIVE_INFINITY

  const prune = async (now: Date) => {
    if (now.getTime() - prunedAt < dayMs) return
    await store.deliveries.prune(retentionDays.deliveries * dayMs, now)
    prunedAt = now.getTime()
  }

  /** @returns how many mails there are of this morning; 0 where it is no reader's morning, or once they are in the outbox. */
  const queue = async (): Promise<number> => {
    const now = clock.now()
    await prune(now)
    const mornings = (await store.deliveries.listSupport()).flatMap(({ id, timeZone }) => {
      const day = digestDay(now, zoneOf({ timeZone }))
      return day === null ? [] : [{ id, day }]
    })
    const due = mornings.filter(({ id, day }) => lastDays.get(id) !== day)
    if (due.length === 0) return 0
    const readers = isNews(await digest(1)) ? due : []
    const mails = readers.map(({ id, day }) => ({
      ...({ channel: 'mail', kind: 'digest', tenantId: null } as const),
      ...{ onceKey: `digest:${day}:${id}`, userId: id, payload: {} },
    }))
    await store.deliveries.add(mails, { now, entry: null })
    lastDays = new Map(mornings.map(({ id, day }) => [id, day]))
    return mails.length
  }

  return queue
}
