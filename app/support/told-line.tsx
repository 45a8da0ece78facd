import { getLocale, getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import type { TenantConnection } from '#lib/server/loaders/support/tenant-page.ts'

/** « Luc Lacroix et Anne Vandenbroeck, le 17 novembre à 10:22. Aucune visite depuis. » */
export const ToldLine = async ({ told, now }: { told: TenantConnection['told']; now: Date }) => {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('console.told')])
  if (!told) return t('nobody')
  const names = new Intl.ListFormat(locale).format(told.names)
  const line = t('line', { names, when: await whenInline(told.at, now) })
  return told.visited ? line : `${line} ${t('noVisit')}`
}
