import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { JournalFilter } from '#app/_ui/display/journal-filter.tsx'
import { JournalPages } from '#app/_ui/display/journal-pages.tsx'
import { JournalTable } from '#app/_ui/display/journal-table.tsx'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { LeftNotice } from '#app/_ui/notices/flash.tsx'
import { requireMember } from '#lib/server/auth/session.ts'
import { readJournal } from '#lib/server/loaders/journal/journal-page.ts'
import type { Params } from '#lib/server/loaders/journal/journal-query.ts'

const here = '/administratif/journal'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('journal'))('title') })

export default async function JournalPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [{ role }, page, t] = await Promise.all([
    requireMember(),
    readJournal(await searchParams),
    getTranslations('journal'),
  ])
  const { query, people, entries, empty, whole, older, partial, now } = page
  const exported = role === 'admin' ? `${here}/export${whole}` : null
  return (
    <AdministrativeShell here={here}>
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        {/* a reader's first page: what an admin is told here, « Clé de sécurité » tells */}
        {role === 'reader' ? <LeftNotice /> : null}
        <JournalFilter query={query} people={people} action={here} exported={exported} filtered={whole !== ''} />
        {empty ? <p className="nothing">{t(`filter.${empty}`)}</p> : null}
        {entries.length > 0 ? (
          <JournalTable entries={entries} now={now} continued={query.after !== null} continues={older !== null} />
        ) : null}
        <JournalPages
          label={t('filter.pages')}
          newest={query.after && `${here}${whole}`}
          older={older && `${here}${older}`}
          partial={partial}
          nothing={entries.length === 0}
        />
      </main>
    </AdministrativeShell>
  )
}
