import { getLocale, getTranslations } from 'next-intl/server'
import { clockTime, whenInline } from '#app/_ui/date.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'

/** What holds meanwhile: until when a broken connection still serves, and what comes by itself. */
const heldSentence = async ({ view, now }: KeyPage): Promise<string> => {
  const [t, locale] = await Promise.all([getTranslations('hold'), getLocale()])
  const { headline, connection } = view
  if (headline === 'misconfigured' && !connection) return t('correctOver')
  if (!connection) return ''
  const valid = connection.expiresAt > now && !connection.accessRefused
  const until = clockTime(connection.expiresAt, locale)
  switch (headline) {
    case 'degraded':
      if (connection.attempts === 0) return t('identity')
      return valid
        ? t('renewalValid', { until })
        : t('renewalOver', { when: await whenInline(connection.expiresAt, now) })
    case 'reconnect_required':
      return valid ? t('reconnectValid', { until }) : t('reconnectOver')
    case 'misconfigured':
      return valid ? t('correctValid', { until }) : t('correctOver')
    default:
      return ''
  }
}

/** The sentence under the state's word, and what holds meanwhile. */
export const toldState = async (page: KeyPage): Promise<string> => {
  const { headline, waitingCode, connection } = page.view
  const [t, locale, held] = await Promise.all([getTranslations('headline'), getLocale(), heldSentence(page)])
  const time = waitingCode ? clockTime(waitingCode.arrivedAt, locale) : ''
  const when = await whenInline(connection?.since ?? page.now, page.now)
  return [t(`${headline}.sentence`, { time, when }), held].filter(Boolean).join(' ')
}
