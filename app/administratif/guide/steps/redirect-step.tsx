import { getTranslations } from 'next-intl/server'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { Drawing, DrawnField, Screen } from '../drawings/drawing.tsx'
import { ReadValue, Value, Values } from '../drawings/values.tsx'
import { StepForm } from './step-form.tsx'

export const RedirectStep = async ({ page }: { page: GuidePage }) => {
  const t = await getTranslations()
  const { redirectUri } = page.key
  return (
    <StepForm page={page}>
      <p>{t('guide.steps.redirect.text')}</p>
      <Drawing label={t('guide.steps.redirect.drawing')}>
        <Screen host="marketplace.focus.teamleader.eu">
          <p className="drawn-title">{t('guide.drawn.credentials')}</p>
          <DrawnField label={t('guide.drawn.clientId')}>{t('guide.drawn.sample')}</DrawnField>
          <DrawnField n={1} label={t('guide.drawn.redirectUris')}>
            {redirectUri}
          </DrawnField>
        </Screen>
      </Drawing>
      <Values>
        <Value n={1}>
          <ReadValue
            id="redirectUri"
            label={t('field.redirectUri')}
            help={t('guide.steps.redirect.why')}
            text={redirectUri}
            mono
          />
        </Value>
      </Values>
    </StepForm>
  )
}
