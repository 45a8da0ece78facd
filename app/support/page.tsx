import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AutoRefresh } from '#app/_ui/display/auto-refresh.tsx'
import { SupportShell } from '#app/_ui/layout/support-shell.tsx'
import { LeftNotice } from '#app/_ui/notices/flash.tsx'
import { ErasedNotice } from '#app/_ui/users/erased-notice.tsx'
import { autoRefresh } from '#lib/server/actions/support.ts'
import { countInNeed, readSupportPage } from '#lib/server/loaders/support/support-page.ts'
import type { Params } from '#lib/server/loaders/support/support-query.ts'
import { Connections } from './connections.tsx'
import { Counters } from './counters.tsx'
import { Erasing } from './erasing.tsx'
import { Filter } from './filter.tsx'
import { ListActions } from './list-actions.tsx'
import { MigrationProgress } from './migration-progress.tsx'
import { OperatorFault } from './operator-fault.tsx'
import { Pages } from './pages.tsx'
import { RestoredConnections } from './restored.tsx'
import { Summary } from './summary.tsx'

/** The list stays open all day. */
const workingDayMs = 12 * 3600 * 1000

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations('console')
  return { title: t('tab', { count: await countInNeed() }) }
}

export default async function SupportPage({ searchParams }: { searchParams: Promise<Params> }) {
  const [{ query, page, opened, counted, restored, erasing, now }, t] = await Promise.all([
    readSupportPage(await searchParams),
    getTranslations('console'),
  ])
  return (
    <SupportShell here="/support">
      <main id="content" className="wide">
        <Summary counted={counted} now={now} />
        <ErasedNotice search={searchParams} of="console.customer" />
        <Erasing erasing={erasing} now={now} />
        <LeftNotice />
        <OperatorFault counted={counted} />
        <RestoredConnections restored={restored} />
        <Counters counted={counted} shown={query.urgency} />
        <Filter query={query} />
        <ListActions query={query} />
        {page.partial ? (
          <p className="nothing" role="status">
            {t('filter.partial')}
          </p>
        ) : null}
        {page.rows.length > 0 ? (
          <Connections query={query} page={page} opened={opened} now={now} />
        ) : (
          <p className="nothing">{t(counted.tenants === 0 ? 'filter.none' : 'filter.nothing')}</p>
        )}
        <div className="list-foot">
          <Pages query={query} page={page} />
          <MigrationProgress counted={counted} />
          <a className="link" href="/support/pannes">
            {t('outages.link')}
          </a>
        </div>
        <AutoRefresh look={autoRefresh} everyMs={4_000} forMs={workingDayMs} />
      </main>
    </SupportShell>
  )
}
