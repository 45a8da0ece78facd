import { getTranslations } from 'next-intl/server'
import type { CodeLabels } from '#app/_ui/factors/recovery-codes.tsx'

export const codeLabels = async (): Promise<CodeLabels> => {
  const t = await getTranslations('enrolment.codes')
  return {
    title: t('title'),
    text: t('text'),
    copy: t('copy'),
    copied: t('copied'),
    download: t('download'),
    onward: t('onward'),
    added: t('added'),
  }
}
