import { CloudLightning } from 'lucide-react'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { Outage } from '#lib/domain/tokens/circuit-breaker.ts'
import { readOutages } from '#lib/server/loaders/notifications/outage-banner.ts'
import { whenInline } from '../display/date.tsx'
import { providerMessages } from '../display/provider-messages.ts'

type Audience = 'tenant' | 'support'

const OutageNotice = async ({ outage, of }: { outage: Outage & { provider: ProviderId }; of: Audience }) => {
  const t = await providerMessages(outage.provider)
  const when = await whenInline(outage.since, new Date())
  return (
    <div className="notice" data-tone="warn">
      <CloudLightning className="icon" aria-hidden="true" />
      <div>
        <p>
          <strong>{t('outage.title')}</strong>
        </p>
        <p>
          {t(`outage.${of === 'support' ? 'support' : outage.kind}`, { when })}{' '}
          {of === 'support' ? <a href="/support/pannes">{t('console.outages.link')}</a> : null}
        </p>
      </div>
    </div>
  )
}

/** « Teamleader ne répond pas », on every page while it fails for everybody: nobody here is to blame. */
export const OutageBanner = async ({ of }: { of: Audience }) => {
  const outages = await readOutages()
  if (outages.length === 0) return null
  return (
    <div className="banner" role="status">
      {outages.map((outage) => (
        <OutageNotice key={outage.provider} outage={outage} of={of} />
      ))}
    </div>
  )
}
