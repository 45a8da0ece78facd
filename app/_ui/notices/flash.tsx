import { getTranslations } from 'next-intl/server'
import { type Notice, readNotice } from '#lib/server/cookies/flash.ts'
import { StateIcon } from '../display/state-icon.tsx'

/** What the last return from the consent page came to, for whoever landed here because of it; `said` goes first. */
export const LeftNotice = async ({ flash = null }: { flash?: Notice | null }) => {
  const [left, t] = await Promise.all([readNotice(), getTranslations('failures')])
  const notice = flash ?? left
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
