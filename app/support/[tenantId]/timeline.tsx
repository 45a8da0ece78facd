import { getTranslations } from 'next-intl/server'
import { JournalFilter } from '#app/_ui/display/journal-filter.tsx'
import { JournalPages } from '#app/_ui/display/journal-pages.tsx'
import { JournalTable } from '#app/_ui/display/journal-table.tsx'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

/** What happened to this customer, and who did it. */
export const Timeline = async ({ timeline, now }: Pick<TenantPage, 'timeline' | 'now'>) => {
  const t = await getTranslations()
  const { query, people, entries, action, filtered, older, newest, partial } = timeline
  return (
    <section id="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('console.tenant.timeline')}</h2>
      <JournalFilter query={query} people={people} action={action} exported={null} filtered={filtered} />
      {entries.length > 0 ? (
        <JournalTable entries={entries} now={now} continued={newest !== null} continues={older !== null} />
      ) : partial === null ? (
        <p className="nothing">{t('journal.filter.emptyFilter')}</p>
      ) : null}
      <JournalPages
        label={t('console.tenant.timeline')}
        newest={newest}
        older={older}
        partial={partial}
        nothing={entries.length === 0}
      />
    </section>
  )
}
