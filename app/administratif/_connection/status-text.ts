import { clockTime, dateAndTime, whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { ConnectionView } from '#lib/domain/connections/connection-view.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Wording } from '#lib/i18n/provider-messages.ts'

type Connection = NonNullable<ConnectionView['connection']>

interface StatusTextInput {
  wording: Wording
  /** What is wrong, if anything. */
  failure: FailureCode | null
  view: Pick<ConnectionView, 'headline' | 'waitingCode' | 'restoredAt'> & {
    connection: Pick<Connection, 'expiresAt' | 'accessRefused' | 'attempts' | 'since'> | null
  }
  now: Date
}

/** What holds meanwhile: until when a broken connection still serves, and what comes by itself. */
const helpSentence = async ({ wording, failure, view, now }: StatusTextInput): Promise<string> => {
  const t = await providerMessages(wording)
  const { headline, connection } = view
  if (headline === 'misconfigured' && !connection) return t('validity.correctOver')
  if (!connection) return ''
  const valid = connection.expiresAt > now && !connection.accessRefused
  const until = await clockTime(connection.expiresAt)
  switch (headline) {
    case 'degraded':
      if (connection.attempts === 0) return t('validity.identity')
      if (failure === 'provider_configuration')
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
export const statusText = async (page: StatusTextInput): Promise<string> => {
  const { headline, waitingCode, connection, restoredAt } = page.view
  const [t, tokenSet] = await Promise.all([providerMessages(page.wording), helpSentence(page)])
  const time = waitingCode ? await clockTime(waitingCode.arrivedAt) : ''
  const when = await whenInline(connection?.since ?? page.now, page.now)
  const date = restoredAt ? await dateAndTime(restoredAt) : ''
  return [t(`headline.${headline}.sentence`, { time, when, date }), tokenSet].filter(Boolean).join(' ')
}
