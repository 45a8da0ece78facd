import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

type Props = Pick<TenantPage, 'incidents' | 'now'>

const Incident = async ({ incident, now }: { incident: Props['incidents'][number]; now: Date }) => {
  const { provider, reason, failure, openedAt, closedAt } = incident
  const t = await providerMessages(provider)
  const when = await whenInline(openedAt, now)
  return (
    <li>
      <span>
        {t(`console.provider.${provider}`)}: {failure ? t(`failures.${failure}.cause`) : reason}
      </span>
      <span className="faint">
        {closedAt
          ? t('console.tenant.closed', { when, until: await whenInline(closedAt, now) })
          : t('console.tenant.open', { when })}
      </span>
    </li>
  )
}

/** What a person had to mend, the newest first. */
export const Incidents = async ({ incidents, now }: Props) => {
  const t = await getTranslations('console.tenant')
  return (
    <section aria-labelledby="incidents-title">
      <h2 id="incidents-title">{t('incidents')}</h2>
      {incidents.length === 0 ? (
        <p className="help">{t('noIncident')}</p>
      ) : (
        <ul className="lines">
          {incidents.map((incident) => (
            <Incident key={incident.id} incident={incident} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}
