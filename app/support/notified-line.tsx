import { getLocale, getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import type { TenantConnection } from '#lib/server/loaders/support/tenant-page.ts'

/** « Luc Lacroix et Anne Vandenbroeck, le 17 novembre à 10:22. Aucune visite depuis. » */
export const NotifiedLine = async ({ notified, now }: { notified: TenantConnection['notified']; now: Date }) => {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('console.notified')])
  if (!notified) return t('nobody')
  const names = new Intl.ListFormat(locale).format(notified.names)
  const line = t('line', { names, when: await whenInline(notified.at, now) })
  return notified.visited ? line : `${line} ${t('noVisit')}`
}
