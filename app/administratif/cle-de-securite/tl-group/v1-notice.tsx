import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'

/** What everybody who chooses V1 should know, and the way out; or that V2 stays in use. */
export const V1Notice = async ({ v2InUse }: { v2InUse: boolean }) => {
  const t = await getTranslations('v1.notice')
  return (
    <div className="field row">
      <span />
      <div className="notice" data-tone="warn">
        <StateIcon state="degraded" />
        <div>
          <p>
            <strong>{t('title')}</strong>
          </p>
          <p>{t(v2InUse ? 'inUse' : 'text')}</p>
        </div>
        {v2InUse ? null : (
          <div className="actions">
            <a className="button" href="/administratif/guide">
              {t('guide')}
            </a>
          </div>
        )}
      </div>
    </div>
  )
}

/** Said to whom tries V2 while V1 works. */
export const V1Stays = async () => {
  const t = await getTranslations('v1.notice')
  return (
    <div className="field row">
      <span />
      <div className="notice" data-tone="neutral">
        <StateIcon state="ageing" />
        <div>
          <p>
            <strong>{t('stays')}</strong>
          </p>
          <p>{t('staysText')}</p>
        </div>
      </div>
    </div>
  )
}
