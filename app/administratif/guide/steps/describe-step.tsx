import { Copy } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { copyLabels } from '../drawings/copy-messages.ts'
import { CountedField } from '../drawings/counted-field.tsx'
import { Drawing, DrawnField, Screen } from '../drawings/drawing.tsx'
import { ReadValue, Value, Values } from '../drawings/values.tsx'
import { StepForm } from './step-form.tsx'

export const DescribeStep = async ({ page }: { page: GuidePage }) => {
  const t = await getTranslations('guide')
  const { shortDescription, longDescription, limits } = page
  const label = t('drawn.short')
  return (
    <StepForm page={page}>
      <p>{t('steps.describe.text')}</p>
      <Drawing label={t('steps.describe.drawing')}>
        <Screen host="marketplace.focus.teamleader.eu">
          <p className="drawn-title">{t('drawn.languages')}</p>
          <p>{t('drawn.english')}</p>
          <DrawnField
            n={1}
            label={label}
            note={t('drawn.left', { count: limits.shortDescription - shortDescription.length })}
          >
            {shortDescription}
          </DrawnField>
          <DrawnField n={2} label={t('drawn.long')}>
            {longDescription}
          </DrawnField>
          <p className="drawn-buttons">
            <span data-press="yes">{t('drawn.save')}</span> <span data-press="no">{t('drawn.submit')}</span>
          </p>
        </Screen>
      </Drawing>
      <Values>
        <Value n={1}>
          <CountedField
            name="shortDescription"
            label={label}
            help={t('steps.describe.shortHelp')}
            value={shortDescription}
            longest={limits.shortDescription}
            copy={await copyLabels(label)}
          >
            <Copy className="icon" aria-hidden="true" />
          </CountedField>
        </Value>
        <Value n={2}>
          <ReadValue id="longDescription" label={t('drawn.long')} text={longDescription} />
        </Value>
      </Values>
      <div className="notice">
        <StateIcon state="degraded" />
        <div>
          <p>
            <strong>{t('steps.describe.saveTitle')}</strong>
          </p>
          <p>{t('steps.describe.saveText')}</p>
        </div>
      </div>
    </StepForm>
  )
}
