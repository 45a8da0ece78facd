import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { Urgency } from '#lib/domain/support/console-view.ts'
import type { SupportPage } from '#lib/server/loaders/support/support-page.ts'
import { everything, hrefOf, shownStates } from '#lib/server/loaders/support/support-query.ts'
import { tones } from './tones.ts'

interface Props {
  counted: SupportPage['counted']
  shown: Urgency | null
}

/** How many connections stand how; each number leads to them. */
export const Counters = async ({ counted, shown }: Props) => {
  const t = await getTranslations('console')
  return (
    <ul className="tiles" aria-label={t('states')}>
      {shownStates.map((urgency) => (
        <li key={urgency} data-tone={tones[urgency]}>
          <a href={hrefOf({ ...everything, urgency })} aria-current={urgency === shown ? 'true' : undefined}>
            <span className="figure num">{t('value', { count: counted.connections[urgency] })}</span>
            <span className="status-label" data-tone={tones[urgency]}>
              <StateIcon state={urgency} /> {t(`headline.${urgency}.label`)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
