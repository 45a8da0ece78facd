import { getTranslations } from 'next-intl/server'

const minuteMs = 60_000

/** « 3 j 4 h », « 5 h 12 min »: for how long something lasts, or lasted. @param now or when it was over */
export const Duration = async ({ since, now }: { since: Date; now: Date }) => {
  const t = await getTranslations('console.duration')
  const whole = Math.max(0, Math.floor((now.getTime() - since.getTime()) / minuteMs))
  const [days, hours, minutes] = [Math.floor(whole / 1440), Math.floor(whole / 60) % 24, whole % 60]
  const text =
    days > 0
      ? t('days', { days, hours })
      : hours > 0
        ? t('hours', { hours, minutes })
        : minutes > 0
          ? t('minutes', { minutes })
          : t('moment')
  return <time dateTime={since.toISOString()}>{text}</time>
}
