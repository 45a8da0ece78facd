import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { DetailsBlock } from '#app/_ui/display/details.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { TenantConnection } from '#lib/server/loaders/support/tenant-page.ts'
import { SupportActions } from './actions.tsx'
import { Facts } from './facts.tsx'

interface Props {
  connection: TenantConnection
  /** Whether its customer is: then there is nothing to do with it. */
  archived: boolean
  now: Date
}

/** One connection: status first, then why, what can be done, and what to copy. */
export const Connection = async ({ connection, archived, now }: Props) => {
  const t = await getTranslations()
  const { record, view, diagnostic } = connection
  const { provider, supersededAt } = record
  // a code waits in the browser of an admin, never in one of support
  const headline = view.headline === 'code_received' ? 'awaiting_authorization' : view.headline
  const title = `connection-${provider}`
  return (
    <section className="section" data-tone={view.tone} aria-labelledby={title}>
      <div className="section-head">
        <h2 id={title}>{t(`console.provider.${provider}`)}</h2>
        {supersededAt ? <p>{t('console.tenant.superseded', { when: await whenInline(supersededAt, now) })}</p> : null}
      </div>
      <div className="hero" role="status">
        <StateIcon state={headline} />
        <p className="banner-label">{t(`console.headline.${headline}.label`)}</p>
        <p className="hero-sentence">{t(`console.headline.${headline}.sentence`)}</p>
      </div>
      <Facts connection={connection} now={now} />
      {archived ? null : <SupportActions connection={connection} />}
      {diagnostic ? (
        <div className="folds">
          <DetailsBlock id={`diagnostic-${provider}`} title={t('diagnostic.title')} aside={t('diagnostic.aside')}>
            <textarea className="raw" aria-label={t('diagnostic.title')} rows={16} value={diagnostic} readOnly />
          </DetailsBlock>
        </div>
      ) : null}
    </section>
  )
}
