import { CloudLightning } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { readOutage } from '#lib/server/outage.ts'
import { whenInline } from './date.tsx'

/** « Teamleader ne répond pas », on every page while it fails for everybody: nobody here is to blame. */
export const OutageBanner = async ({ of }: { of: 'tenant' | 'support' }) => {
  const [outage, t] = await Promise.all([readOutage(), getTranslations('outage')])
  if (!outage) return null
  const when = await whenInline(outage.since, new Date())
  return (
    <div className="banner" role="status">
      <div className="notice" data-tone="warn">
        <CloudLightning className="icon" aria-hidden="true" />
        <div>
          <p>
            <strong>{t('title')}</strong>
          </p>
          <p>{t(of === 'support' ? 'support' : outage.kind, { when })}</p>
        </div>
      </div>
    </div>
  )
}
