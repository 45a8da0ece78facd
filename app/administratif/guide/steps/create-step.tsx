import { Copy } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { copyLabels } from '../drawings/copy-messages.ts'
import { CountedField } from '../drawings/counted-field.tsx'
import { Drawing, DrawnField, Screen } from '../drawings/drawing.tsx'
import { Value, Values } from '../drawings/values.tsx'
import { StepForm } from './step-form.tsx'

export const CreateStep = async ({ page }: { page: GuidePage }) => {
  const t = await getTranslations('guide')
  const { integrationName, limits } = page
  const label = t('drawn.name')
  return (
    <StepForm page={page}>
      <p>{t('steps.create.text')}</p>
      <Drawing label={t('steps.create.drawing')}>
        <Screen host="marketplace.focus.teamleader.eu">
          <p className="drawn-title">{t('drawn.general')}</p>
          <DrawnField
            n={1}
            label={label}
            note={t('drawn.left', { count: limits.integrationName - integrationName.length })}
          >
            {integrationName}
          </DrawnField>
          <DrawnField n={2} label={t('drawn.categories')}>
            {t('drawn.select')}
          </DrawnField>
          <p className="drawn-buttons">
            <span data-press="yes">{t('drawn.create')}</span>
          </p>
        </Screen>
      </Drawing>
      <Values>
        <Value n={1}>
          <CountedField
            name="integrationName"
            label={label}
            help={t('steps.create.nameHelp')}
            value={integrationName}
            longest={limits.integrationName}
            copy={await copyLabels(label)}
          >
            <Copy className="icon" aria-hidden="true" />
          </CountedField>
        </Value>
        <Value n={2}>
          <p className="value-title">{t('drawn.categories')}</p>
          <p>{t('steps.create.categoriesHelp')}</p>
        </Value>
      </Values>
      <p className="hint">{t('steps.create.then')}</p>
    </StepForm>
  )
}
