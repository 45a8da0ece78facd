import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { SupportPage } from '#lib/server/loaders/support/support-page.ts'

/** Customers that are being erased, and how far that is. */
export const Erasing = async ({ erasing, now }: Pick<SupportPage, 'erasing' | 'now'>) => {
  const t = await getTranslations('console.erasing')
  const begun = await Promise.all(erasing.map(({ since }) => whenInline(since, now)))
  return erasing.map(({ id, name, left }, nth) => (
    <div className="notice" data-tone="neutral" key={id}>
      <StateIcon state="paused" />
      <div>
        <p>
          <strong>{t('title', { name })}</strong> {t('left', { count: left })}
        </p>
        <p>{t('text', { when: begun[nth] ?? '' })}</p>
      </div>
    </div>
  ))
}
