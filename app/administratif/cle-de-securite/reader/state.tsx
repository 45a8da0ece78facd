import { getTranslations } from 'next-intl/server'
import { dateAndTime, whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { statusText } from '#app/administratif/_connection/status-text.ts'
import type { ConnectionState } from '#lib/server/loaders/connections/connection-states.ts'
import { StateFacts } from './facts.tsx'

/** What an admin is told to do, a reader is told that an admin can. */
const sentenceOf = async (state: ConnectionState): Promise<string> => {
  const { headline, connection, restoredAt } = state.view
  const [t, reader] = await Promise.all([providerMessages(state.wording), getTranslations('reader')])
  switch (headline) {
    case 'unconfigured':
    case 'awaiting_authorization':
    case 'refused':
    case 'question':
    case 'unverified':
      return reader(headline)
    case 'reconnect_required':
    case 'misconfigured':
    case 'restored': {
      const when = await whenInline(connection?.since ?? state.now, state.now)
      const date = restoredAt ? await dateAndTime(restoredAt) : ''
      return t(`headline.${headline}.sentence`, { when, date, time: '' })
    }
    default:
      return statusText(state)
  }
}

/** How one connection stands: what an admin reads above the form, without the form. */
export const State = async ({ state }: { state: ConnectionState }) => {
  const { provider, grant, view } = state
  const t = await providerMessages(provider)
  const id = `state-${provider}`
  const working = grant === 'keys' && view.headline === 'connected' ? 'ageing' : view.headline
  return (
    <section className="section" data-tone={view.tone} aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{t('key.group')}</h2>
        <p>{t('key.provider')}</p>
      </div>
      <div className="hero" role="status">
        <StateIcon state={working} />
        <p className="banner-label">{t(`headline.${view.headline}.label`)}</p>
        <p className="hero-sentence">{await sentenceOf(state)}</p>
      </div>
      <StateFacts state={state} />
    </section>
  )
}
