import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** V1's keys once V2 has worked: kept, out of use, and what they last answered. */
export const RetiredV1 = async ({ page: { provider, view, problem, now } }: { page: KeyPage }) => {
  const [t, own] = await Promise.all([getTranslations('v1.notice'), providerMessages(provider)])
  const { supersededAt, authStatus } = view
  if (!supersededAt) return null
  return (
    <div className="row">
      <dt>{t('fact')}</dt>
      <dd>
        {t('retired', { when: await whenInline(supersededAt, now) })}{' '}
        {authStatus ? <small className="mono">{authStatus.text}</small> : null}
        {problem ? <small>{own(`failures.${problem.code}.cause`)}</small> : null}
      </dd>
    </div>
  )
}
