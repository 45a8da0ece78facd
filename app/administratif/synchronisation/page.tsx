import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { readSync } from '#lib/server/loaders/sync/sync-page.ts'
import { ListsTable } from './lists-table.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('sync'))('title') })

export default async function SyncPage() {
  const [{ lists, now }, t] = await Promise.all([readSync(), getTranslations('sync')])
  return (
    <AdministrativeShell here="/administratif/synchronisation">
      <main id="content" className="wide">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        {lists.length > 0 ? <ListsTable lists={lists} now={now} /> : <p className="nothing">{t('nothing')}</p>}
      </main>
    </AdministrativeShell>
  )
}
