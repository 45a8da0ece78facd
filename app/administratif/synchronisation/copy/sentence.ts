import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import type { ShownCopy } from '#lib/server/loaders/sync/copies.ts'
import { ageOf, retryMoment } from './moments.ts'
import { providerName } from './provider-name.ts'

/** What is said first of a copy: one sentence, as far as it can be. */
export const copySentence = async (copy: ShownCopy, now: Date): Promise<string> => {
  const [t, provider] = await Promise.all([getTranslations('sync'), providerName(copy.provider)])
  const { headline, lists, completeAt, provenAt } = copy
  switch (headline) {
    case 'reconnect_required':
    case 'misconfigured':
      return completeAt ? t('sentence.still', { when: await whenInline(completeAt, now) }) : t('sentence.stillFirst')
    case 'stopped': {
      const stopped = lists.find((list) => list.headline === 'stopped')?.stopped
      const name = stopped?.by ?? t('somebody')
      return t('sentence.stopped', { name, when: await whenInline(stopped?.at ?? now, now) })
    }
    case 'throttled':
    case 'retrying': {
      const dueAt = lists.find((list) => list.headline === headline)?.dueAt ?? null
      return t(`sentence.${headline}`, { provider, when: await retryMoment(dueAt, now) })
    }
    case 'checking':
      return t('sentence.checking', { provider })
    case 'up_to_date': {
      const counts = lists.map(({ list, records }) => t(`count.${list}`, { count: records })).join(', ')
      const age = await ageOf(completeAt ?? now, now)
      return provenAt
        ? t('sentence.up_to_date', { age, counts, when: await whenInline(provenAt, now) })
        : t('sentence.unproven', { age, counts })
    }
    default:
      return t(`sentence.${headline}`)
  }
}
