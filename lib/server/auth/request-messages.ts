import { getRequestConfig } from 'next-intl/server'
import { zoneOf } from '#lib/domain/calendar-day.ts'
import { messages } from '#lib/i18n/messages.ts'
import { requestLocale } from './locale.ts'
import { currentUser } from './session.ts'

export default getRequestConfig(async () => {
  const locale = await requestLocale()
  return { locale, messages: messages[locale], timeZone: zoneOf((await currentUser()) ?? {}) }
})
