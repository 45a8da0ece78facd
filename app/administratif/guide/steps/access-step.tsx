import { getTranslations } from 'next-intl/server'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { Drawing, Marker, Screen } from '../drawings/drawing.tsx'
import { StepForm } from './step-form.tsx'

/** In Teamleader's order, column by column; what needs a tick is marked. */
const scopes = [
  ['companies', 1],
  ['contacts', 2],
  ['deals'],
  ['departments', 3],
  ['events'],
  ['invoices'],
  ['products'],
  ['projects'],
  ['quotations'],
  ['subscriptions'],
  ['tickets'],
  ['todos'],
  ['users', 4],
] as const

export const AccessStep = async ({ page }: { page: GuidePage }) => {
  const t = await getTranslations('guide')
  return (
    <StepForm page={page}>
      <p>{t('steps.access.text')}</p>
      <Drawing label={t('steps.access.drawing')}>
        <Screen host="marketplace.focus.teamleader.eu">
          <p className="drawn-title">{t('drawn.scopes')}</p>
          <div className="drawn-boxes">
            {scopes.map(([scope, n]) => (
              <p key={scope} data-ticked={n ? '' : undefined}>
                <i>{n ? '✓' : ''}</i>
                <span>{t(`drawn.scope.${scope}`)}</span>
                {n ? <Marker n={n} /> : null}
              </p>
            ))}
          </div>
        </Screen>
      </Drawing>
      <p className="hint">{t('steps.access.users')}</p>
    </StepForm>
  )
}
