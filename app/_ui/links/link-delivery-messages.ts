import { getTranslations } from 'next-intl/server'
import type { LinkDeliveryLabels } from './link-delivery.tsx'

export const linkDeliveryLabels = async (): Promise<LinkDeliveryLabels> => {
  const t = await getTranslations('users')
  return {
    done: {
      invited: t('done.invited'),
      revoked: t('done.revoked'),
      factor_reset: t('done.factor_reset'),
      changed: t('done.changed'),
      reactivated: t('done.reactivated'),
      password: t('done.password'),
    },
    title: t('link.title'),
    text: t('link.text'),
    label: t('link.label'),
    copyLink: t('link.copyLink'),
    copy: t('link.copy'),
    copied: t('link.copied'),
  }
}
