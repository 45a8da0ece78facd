import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Journal } from '#app/_ui/display/journal.tsx'
import { SupportShell } from '#app/_ui/layout/support-shell.tsx'
import { readWholeJournal } from '#lib/server/loaders/journal/journal-page.ts'
import type { Params } from '#lib/server/loaders/journal/journal-query.ts'

const here = '/support/journal'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('journal'))('title') })

/** What happened to all customers, and to Porte-clés itself. */
export default async function WholeJournalPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [page, t] = await Promise.all([readWholeJournal(await searchParams), getTranslations('journal')])
  return (
    <SupportShell here={here}>
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('wholeLede')}</p>
        <Journal page={page} here={here} exportable />
      </main>
    </SupportShell>
  )
}
