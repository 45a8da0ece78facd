import { getTranslations } from 'next-intl/server'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { Drawing, Marker, Screen } from '../drawings/drawing.tsx'
import { StepForm } from './step-form.tsx'

export const BuildStep = async ({ page }: { page: GuidePage }) => {
  const t = await getTranslations('guide')
  return (
    <StepForm page={page}>
      <p>{t('steps.build.text')}</p>
      <Drawing label={t('steps.build.drawing')}>
        <Screen host="focus.teamleader.eu">
          <div className="drawn-menu">
            <p data-press="yes">
              <Marker n={1} /> {t('drawn.settings')}
            </p>
            <p className="drawn-line" />
            <p data-press="yes">
              <Marker n={2} /> {t('drawn.integrations')}
            </p>
            <p className="drawn-line" />
          </div>
          <div className="drawn-pane">
            <p className="drawn-title">{t('drawn.integrations')}</p>
            <p className="drawn-line" />
            <p data-press="yes">
              <Marker n={3} /> {t('drawn.preferences')}
            </p>
          </div>
        </Screen>
        <Screen host="marketplace.focus.teamleader.eu">
          <div className="drawn-bar">
            <p className="drawn-line" />
            <p className="drawn-line" />
            <p data-press="yes">
              <Marker n={4} /> {t('drawn.build')}
            </p>
          </div>
        </Screen>
      </Drawing>
    </StepForm>
  )
}
