import { getTranslations } from 'next-intl/server'
import { provesByPassword } from '#lib/server/auth/confirmation.ts'
import type { Confirms } from './confirmation.tsx'

/** For forms that may ask « Confirmez que c'est vous ». */
export const readConfirms = async (): Promise<Confirms> => {
  const [t, passwords] = await Promise.all([getTranslations('confirmation'), provesByPassword()])
  const labels = {
    title: t('title'),
    text: t('text'),
    password: t('password'),
    submit: t('submit'),
    pending: t('pending'),
    company: t('company'),
  }
  return { labels, passwords }
}
