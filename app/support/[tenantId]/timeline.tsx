import { getTranslations } from 'next-intl/server'
import { JournalTable } from '#app/_ui/display/journal-table.tsx'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

/** What happened to this customer, and who did it. */
export const Timeline = async ({
  entries,
  older,
  newest,
  now,
}: Pick<TenantPage, 'entries' | 'older' | 'newest' | 'now'>) => {
  const t = await getTranslations('console.tenant')
  return (
    <section id="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('timeline')}</h2>
      <p className="help">{t('timelineLede')}</p>
      <JournalTable entries={entries} now={now} />
      {older || newest ? (
        <nav className="pages" aria-label={t('timeline')}>
          {newest ? <a href={newest}>{t('newest')}</a> : null}
          {older ? (
            <a href={older} rel="next">
              {t('older')}
            </a>
          ) : null}
        </nav>
      ) : null}
    </section>
  )
}
