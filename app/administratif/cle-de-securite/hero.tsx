import { getLocale, getTranslations } from 'next-intl/server'
import { Countdown } from '#app/_ui/countdown.tsx'
import { clockTime } from '#app/_ui/date.tsx'
import { StateIcon } from '#app/_ui/state-icon.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
import type { Plan } from './plan.ts'

/** How it stands: icon, word, sentence; and how long a received code still lives. */
export const Hero = async ({ page, plan }: { page: KeyPage; plan: Plan }) => {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { waitingCode } = page.view
  const time = waitingCode ? clockTime(waitingCode.arrivedAt, locale) : ''
  return (
    <>
      <div className="hero" role="status">
        <StateIcon state={plan.headline} />
        <p className="hero-word">{t(`headline.${plan.headline}.word`)}</p>
        <p className="hero-sentence">
          {t(`headline.${plan.headline}.sentence`, { time })}{' '}
          {plan.spot === 'field' && plan.headline === 'refused' ? (
            <a href={`#${page.problem?.field}`}>{t('key.seeField')}</a>
          ) : null}
        </p>
      </div>
      {waitingCode && plan.headline === 'code_received' ? (
        <Countdown
          leftMs={Math.max(0, waitingCode.expiresAt.getTime() - page.now.getTime())}
          wholeMs={waitingCode.expiresAt.getTime() - waitingCode.arrivedAt.getTime()}
          label={t('countdown.label')}
          until={t('countdown.until', { time: clockTime(waitingCode.expiresAt, locale) })}
          over={t('countdown.over')}
        />
      ) : null}
    </>
  )
}
