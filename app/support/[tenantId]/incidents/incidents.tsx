import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'
import { Note } from './note.tsx'

type Props = Pick<TenantPage, 'tenant' | 'incidents' | 'now'>

const Incident = async ({
  tenant,
  incident,
  now,
}: Pick<Props, 'tenant' | 'now'> & { incident: Props['incidents'][number] }) => {
  const { provider, reason, failure, openedAt, closedAt } = incident
  const t = await providerMessages(provider)
  const when = await whenInline(openedAt, now)
  const name = t(`console.provider.${provider}`)
  return (
    <li>
      <span>
        {name}: {failure ? t(`failures.${failure}.cause`) : reason}
      </span>
      <span className="faint">
        {closedAt
          ? t('console.tenant.closed', { when, until: await whenInline(closedAt, now) })
          : t('console.tenant.open', { when })}
      </span>
      <Note tenant={tenant} incident={incident} about={`${name}, ${when}`} now={now} />
    </li>
  )
}

/** What a person had to mend, the newest first, with what support noted of it. */
export const Incidents = async ({ tenant, incidents, now }: Props) => {
  const t = await getTranslations('console.tenant')
  return (
    <section aria-labelledby="incidents-title">
      <h2 id="incidents-title">{t('incidents')}</h2>
      {incidents.length === 0 ? (
        <p className="help">{t('noIncident')}</p>
      ) : (
        <ul className="lines">
          {incidents.map((incident) => (
            <Incident key={incident.id} tenant={tenant} incident={incident} now={now} />
          ))}
        </ul>
      )}
    </section>
  )
}
