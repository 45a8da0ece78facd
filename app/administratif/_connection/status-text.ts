import { getLocale } from 'next-intl/server'
import { clockTime, dateAndTime, whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** What holds meanwhile: until when a broken connection still serves, and what comes by itself. */
const helpSentence = async ({ wording, view, problem, now }: KeyPage): Promise<string> => {
  const [t, locale] = await Promise.all([providerMessages(wording), getLocale()])
  const { headline, connection } = view
  if (headline === 'misconfigured' && !connection) return t('validity.correctOver')
  if (!connection) return ''
  const valid = connection.expiresAt > now && !connection.accessRefused
  const until = clockTime(connection.expiresAt, locale)
  switch (headline) {
    case 'degraded':
      if (connection.attempts === 0) return t('validity.identity')
      if (problem?.code === 'provider_configuration')
        return valid
          ? t('validity.operatorValid', { until })
          : t('validity.operatorOver', { when: await whenInline(connection.expiresAt, now) })
      return valid
        ? t('validity.renewalValid', { until })
        : t('validity.renewalOver', { when: await whenInline(connection.expiresAt, now) })
    case 'reconnect_required':
      return valid ? t('validity.reconnectValid', { until }) : t('validity.reconnectOver')
    case 'restored':
      return valid ? t('validity.restoredValid', { until }) : t('validity.restoredOver')
    case 'misconfigured':
      return valid ? t('validity.correctValid', { until }) : t('validity.correctOver')
    default:
      return ''
  }
}

/** The sentence under the state's word, and what holds meanwhile. */
export const statusText = async (page: KeyPage): Promise<string> => {
  const { headline, waitingCode, connection, restoredAt } = page.view
  const [t, locale, tokenSet] = await Promise.all([providerMessages(page.wording), getLocale(), helpSentence(page)])
  const time = waitingCode ? clockTime(waitingCode.arrivedAt, locale) : ''
  const when = await whenInline(connection?.since ?? page.now, page.now)
  const date = restoredAt ? dateAndTime(restoredAt, locale) : ''
  return [t(`headline.${headline}.sentence`, { time, when, date }), tokenSet].filter(Boolean).join(' ')
}
