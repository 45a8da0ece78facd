import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AutoRefresh } from '#app/_ui/display/auto-refresh.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import { autoRefresh } from '#lib/server/actions/sync.ts'
import { readSync } from '#lib/server/loaders/sync/sync-page.ts'
import { CopySection } from './copy/section.tsx'
import { ErasedRecords } from './runs/erased-records.tsx'
import { OddRecords } from './runs/odd-records.tsx'
import { Runs } from './runs/runs.tsx'

/** While something is read somebody watches it; else it is enough to notice. */
const watchedMs = 2_000
const quietMs = 15_000

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('sync'))('title') })

/** Nothing to tell before an account is connected: why, and where that is done. */
const NoCopy = async () => {
  const [t, empty] = await Promise.all([getTranslations('sync'), getTranslations('lists.empty.unconnected')])
  return (
    <section className="empty-list" data-state="unconnected" aria-labelledby="empty-title">
      <StateIcon state="unconfigured" />
      <h2 id="empty-title">{empty('title')}</h2>
      <p>{t('nothing')}</p>
      <div className="actions">
        <a className="button primary" href="/administratif/cle-de-securite">
          {empty('action')}
        </a>
      </div>
    </section>
  )
}

export default async function SyncPage() {
  const [page, t] = await Promise.all([readSync(), getTranslations('sync')])
  const { copies, runs, odd, erased, underWay, now } = page
  return (
    <AdministrativeShell here="/administratif/synchronisation">
      <main id="content">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        {copies.map((copy) => (
          <CopySection key={copy.provider} copy={copy} />
        ))}
        {copies.length > 0 ? <Runs runs={runs} now={now} /> : <NoCopy />}
        {odd.count > 0 ? <OddRecords {...odd} /> : null}
        {erased.length > 0 ? <ErasedRecords erased={erased} now={now} /> : null}
        <AutoRefresh look={autoRefresh} everyMs={underWay ? watchedMs : quietMs} />
      </main>
    </AdministrativeShell>
  )
}
