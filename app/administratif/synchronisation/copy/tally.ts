import { getTranslations } from 'next-intl/server'
import type { Tally } from '#lib/domain/sync/tally.ts'

const parts = ['added', 'changed', 'deleted', 'unreadable'] as const

/** « 12 nouvelles, 3 modifiées »; « Aucun changement », never « 0 ». */
export const tallyText = async (tally: Tally): Promise<string> => {
  const t = await getTranslations('sync')
  const counts = parts.filter((part) => tally[part] > 0).map((part) => t(`tally.${part}`, { count: tally[part] }))
  return counts.length > 0 ? counts.join(', ') : t('noChange')
}
