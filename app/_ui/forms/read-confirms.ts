import { getTranslations } from 'next-intl/server'
import { readProofs } from '#lib/server/auth/confirmation.ts'
import type { Confirms } from './confirmation.tsx'

/** For forms that may ask « Confirmez que c'est vous ». */
export const readConfirms = async (): Promise<Confirms> => {
  const [t, proofs] = await Promise.all([getTranslations('confirmation'), readProofs()])
  const labels = {
    title: t('title'),
    text: t('text'),
    password: t('password'),
    submit: t('submit'),
    pending: t('pending'),
    company: t('company'),
    passkey: t('passkey'),
    passkeyPending: t('passkeyPending'),
    givenUp: t('givenUp'),
  }
  return { labels, proofs }
}
