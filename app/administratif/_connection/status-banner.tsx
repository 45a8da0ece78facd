import { Countdown } from '#app/_ui/display/countdown.tsx'
import { clockTime } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import type { Plan } from './page-model.ts'
import { sectionForms } from './section-form.ts'
import { FinishLink, RefreshLink } from './status-links.tsx'
import { statusText } from './status-text.ts'

/** How it stands: icon, word, sentence; and how long a received code still lives. */
export const StatusBanner = async ({ page, model: plan }: { page: KeyPage; model: Plan }) => {
  const t = await providerMessages(page.wording)
  const { headline, waitingCode } = page.view
  const { variant: incident } = plan
  const working = page.grant === 'keys' && headline === 'connected' ? 'ageing' : headline
  const pointsAtField = plan.placement === 'field' && page.problem?.code !== 'never_returned'
  return (
    <>
      <div className="hero" role="status" tabIndex={-1} data-outcome="">
        <StateIcon state={incident === 'finish' ? 'code_received' : working} />
        <p className="banner-label">
          {incident === null || incident === 'beside'
            ? t(`headline.${headline}.label`)
            : t(`variant.${incident}.label`)}
        </p>
        <p className="hero-sentence">
          <span>
            {incident
              ? t(`variant.${incident}.sentence`)
              : await statusText({ ...page, failure: page.problem?.code ?? null })}
          </span>{' '}
          {pointsAtField ? (
            <a href={`#${sectionForms[page.provider].prefix}${page.problem?.field}`}>{t('key.seeField')}</a>
          ) : null}
        </p>
      </div>
      {incident === 'finish' || incident === 'under_way' ? (
        <div className="hero-actions actions">
          {incident === 'finish' ? <FinishLink /> : <RefreshLink primary={plan.primary === 'refresh'} />}
        </div>
      ) : null}
      {waitingCode && headline === 'code_received' ? (
        <Countdown
          leftMs={Math.max(0, waitingCode.expiresAt.getTime() - page.now.getTime())}
          wholeMs={waitingCode.expiresAt.getTime() - waitingCode.arrivedAt.getTime()}
          label={t('countdown.label')}
          until={t('countdown.until', { time: await clockTime(waitingCode.expiresAt) })}
          over={t('countdown.over')}
        />
      ) : null}
    </>
  )
}
