import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Journal } from '#app/_ui/display/journal.tsx'
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
  return (
    <AdministrativeShell here={here}>
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        {/* a reader's first page: what an admin is told here, « Clé de sécurité » tells */}
        {role === 'reader' ? <LeftNotice /> : null}
        <Journal page={page} here={here} exportable={role === 'admin'} />
      </main>
    </AdministrativeShell>
  )
}
