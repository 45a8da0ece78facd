import { When } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { ConnectionView } from '#lib/domain/connections/connection-view.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'

interface Props {
  provider: ProviderId
  connection: Pick<NonNullable<ConnectionView['connection']>, 'expiresAt' | 'lifetimeMs'>
  /** A connection that nobody uses usually expires without a refresh. */
  resting: boolean
  now: Date
}

const minuteMs = 60 * 1000

/** How long the key of the moment still opens. */
export const Expiry = async ({ provider, connection: { expiresAt, lifetimeMs }, resting, now }: Props) => {
  const t = await providerMessages(provider)
  const leftMs = expiresAt.getTime() - now.getTime()
  if (leftMs <= 0)
    return (
      <div className="row">
        <dt>{t('fact.expired')}</dt>
        <dd>
          <When at={expiresAt} now={now} /> {resting ? <small>{t('fact.resting')}</small> : null}
        </dd>
      </div>
    )
  const minutes = Math.floor(leftMs / minuteMs)
  const whole = Math.max(1, Math.round(lifetimeMs / minuteMs))
  const text =
    minutes < 1
      ? t('duration.seconds')
      : minutes < 60
        ? t('duration.minutes', { minutes })
        : t('duration.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  return (
    <div className="row">
      <dt>{t('fact.expiresIn')}</dt>
      <dd>
        <div className="duration">
          <span className="num">{text}</span>
          <progress max={whole} value={Math.min(minutes, whole)} aria-label={t('fact.remaining')} />
        </div>
      </dd>
    </div>
  )
}
