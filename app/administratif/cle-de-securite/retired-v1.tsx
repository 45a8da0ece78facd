import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/date.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'

/** V1's keys once V2 has worked: kept, out of use, and what they last answered. */
export const RetiredV1 = async ({ page: { view, now } }: { page: KeyPage }) => {
  const t = await getTranslations('v1.notice')
  const { supersededAt, authStatus } = view
  if (!supersededAt) return null
  return (
    <div className="row">
      <dt>{t('fact')}</dt>
      <dd>
        {t('retired', { when: await whenInline(supersededAt, now) })}{' '}
        {authStatus ? <small className="mono">{authStatus.text}</small> : null}
      </dd>
    </div>
  )
}
