import { getTimeZone, getTranslations } from 'next-intl/server'
import { clockTime, whenInline } from '#app/_ui/display/date.tsx'
import { nearness } from '#app/_ui/display/near-day.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** « il y a 3 min »: how long ago. */
export const ageOf = async (at: Date, now: Date): Promise<string> => {
  const t = await getTranslations('sync.age')
  const ms = Math.max(now.getTime() - at.getTime(), 0)
  if (ms < minuteMs) return t('now')
  if (ms < hourMs) return t('minutes', { count: Math.floor(ms / minuteMs) })
  return ms < 2 * dayMs ? t('hours', { count: Math.floor(ms / hourMs) }) : t('days', { count: Math.floor(ms / dayMs) })
}

/** « dans 40 s », « aujourd’hui à 14:05 »: when something is tried again. */
export const retryMoment = async (at: Date | null, now: Date): Promise<string> => {
  const t = await getTranslations('sync.retry')
  const ms = (at?.getTime() ?? 0) - now.getTime()
  if (at === null || ms <= 0) return t('now')
  return ms < 1.5 * minuteMs ? t('seconds', { count: Math.ceil(ms / 1_000) }) : whenInline(at, now)
}

/** « 14:02 » of today, « hier à 17:15 »: since when. */
export const sinceMoment = async (at: Date, now: Date): Promise<string> => {
  const timeZone = await getTimeZone()
  return nearness(at, now, timeZone) === 'today' ? clockTime(at) : whenInline(at, now)
}
