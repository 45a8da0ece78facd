import { getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/display/date.tsx'
import type { ConnectionView, Headline } from '#lib/domain/connections/connection-view.ts'

interface Props {
  /** It is refreshed only when somebody asks for a token. */
  onDemand: boolean
  connection: Pick<NonNullable<ConnectionView['connection']>, 'nextRefreshAt' | 'attempts'>
  headline: Headline
  now: Date
}

const none = { reconnect_required: 'afterReconnect', misconfigured: 'afterFix' } as const

/** When the token is refreshed next, or tried again; or what has to be done first. */
export const NextRefresh = async ({ onDemand, connection: { nextRefreshAt, attempts }, headline, now }: Props) => {
  const [t, teo] = await Promise.all([getTranslations('fact'), getTranslations('teo.fact')])
  if (headline === 'reconnect_required' || headline === 'misconfigured')
    return (
      <div className="row">
        <dt>{t('nextRefresh')}</dt>
        <dd className="faint">{t(none[headline])}</dd>
      </div>
    )
  if (onDemand && !nextRefreshAt)
    return (
      <div className="row">
        <dt>{t('nextRefresh')}</dt>
        <dd>{teo('onDemand')}</dd>
      </div>
    )
  if (!nextRefreshAt) return null
  const again = headline === 'degraded' && attempts > 0
  return (
    <div className="row">
      <dt>{t(again ? 'nextTry' : 'nextRefresh')}</dt>
      <dd>
        {nextRefreshAt > now ? <When at={nextRefreshAt} now={now} /> : <span>{t('soon')}</span>}{' '}
        {again ? <small>{t('attempts', { count: attempts })}</small> : null}
      </dd>
    </div>
  )
}
