import { getTranslations } from 'next-intl/server'

/** The words of a button that copies, which names what it copies to who can't see where it stands. */
export const copyLabels = async (of: string) => {
  const t = await getTranslations()
  const copy = t('help.copy')
  return { label: t('guide.named', { action: copy, what: of }), copy, copied: t('help.copied') }
}
