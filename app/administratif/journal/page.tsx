import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { JournalTable } from '#app/_ui/display/journal-table.tsx'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { LeftNotice } from '#app/_ui/notices/flash.tsx'
import { requireMember } from '#lib/server/auth/session.ts'
import { readJournal } from '#lib/server/loaders/journal/journal-page.ts'
import type { Params } from '#lib/server/loaders/journal/journal-query.ts'
import { Filter } from './filter.tsx'

const here = '/administratif/journal'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('journal'))('title') })

export default async function JournalPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [{ role }, page, t] = await Promise.all([
    requireMember(),
    readJournal(await searchParams),
    getTranslations('journal'),
  ])
  const { query, entries, empty, whole, older, now } = page
  return (
    <AdministrativeShell here={here}>
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        {/* a reader's first page: what an admin is told here, « Clé de sécurité » tells */}
        {role === 'reader' ? <LeftNotice /> : null}
        <Filter
          query={query}
          action={here}
          exported={role === 'admin' ? `${here}/export${whole}` : null}
          filtered={whole !== ''}
        />
        {empty ? <p className="nothing">{t(`filter.${empty}`)}</p> : <JournalTable entries={entries} now={now} />}
        {older || query.after ? (
          <nav className="pages" aria-label={t('filter.pages')}>
            {query.after ? <a href={`${here}${whole}`}>{t('filter.newest')}</a> : null}
            {older ? (
              <a href={`${here}${older}`} rel="next">
                {t('filter.older')}
              </a>
            ) : null}
          </nav>
        ) : null}
      </main>
    </AdministrativeShell>
  )
}
