import { getTranslations } from 'next-intl/server'
import { readNotice } from '#lib/server/notice.ts'
import { StateIcon } from './state-icon.tsx'

/** What the last return from the consent page came to, for whoever landed here because of it. */
export const LeftNotice = async () => {
  const [notice, t] = await Promise.all([readNotice(), getTranslations('failures')])
  if (!notice) return null
  return (
    <div className="notice" data-tone="warn" role="status">
      <StateIcon state="degraded" />
      <div>
        <p>
          <strong>{t(`${notice.code}.cause`)}</strong>
        </p>
        <p>{t(`${notice.code}.fix`)}</p>
      </div>
    </div>
  )
}
