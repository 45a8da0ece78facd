import { getRequestConfig } from 'next-intl/server'
import { requestLocale } from '#lib/server/locale.ts'
import { messages } from './messages.ts'

export default getRequestConfig(async () => {
  const locale = await requestLocale()
  return { locale, messages: messages[locale], timeZone: 'Europe/Brussels' }
})
