import { getRequestConfig } from 'next-intl/server'
import { messages } from '#lib/i18n/messages.ts'
import { requestLocale } from './locale.ts'

export default getRequestConfig(async () => {
  const locale = await requestLocale()
  return { locale, messages: messages[locale], timeZone: 'Europe/Brussels' }
})
