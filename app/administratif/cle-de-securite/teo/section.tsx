import { getTranslations } from 'next-intl/server'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { SavedNote } from '#app/_ui/forms/saved-note.tsx'
import { CredentialFields } from '#app/administratif/_connection/credential-fields.tsx'
import { buildPageModel, type Plan } from '#app/administratif/_connection/page-model.ts'
import { Revision } from '#app/administratif/_connection/revision.tsx'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import { StatusBanner } from '#app/administratif/_connection/status-banner.tsx'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { ConnectionActions, hasActions } from '../form/actions.tsx'
import { SaveButton } from '../form/save-button.tsx'
import { Section } from '../form/section-frame.tsx'
import { StatusField } from '../form/status-field.tsx'
import { TestForm } from '../form/test-form.tsx'
import { Details } from '../status/details.tsx'
import { CopyDiagnostic } from '../status/diagnostic.tsx'
import { Facts } from '../status/facts.tsx'
import { PassingNotice } from '../status/flash.tsx'
import { faultsOf } from '../status/known-problem.tsx'

const TeoSettings = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const [t, teo] = await Promise.all([getTranslations('key'), getTranslations('teo')])
  const { view, problem, provider } = page
  const faultAt = faultsOf(page, model)
  return (
    <ActionForm id={sectionForms[provider].id} stamp={`${view.revision} ${problem?.code} ${problem?.at?.getTime()}`}>
      <h3>{t('settings')}</h3>
      <FormNotice />
      <Revision current={view.revision} />
      <StatusField page={page} />
      <CredentialFields page={page} faultAt={faultAt} />
      <TextField
        name="target"
        label={teo('field.target')}
        help={teo('help.target')}
        mono
        value={view.target}
        fault={faultAt('target')}
      />
    </ActionForm>
  )
}

/** téo: three values are all it wants, so there is nobody's page to leave for. */
export const Teo = ({ page }: { page: KeyPage }) => {
  const model = buildPageModel(page)
  return (
    <Section page={page} model={model}>
      <StatusBanner page={page} model={model} />
      <PassingNotice page={page} model={model} />
      <Facts page={page} model={model} />
      <ConnectionActions page={page} model={model} />
      <TeoSettings page={page} model={model} />
      <div className="form-foot row">
        <div className="actions">
          <SaveButton page={page} model={model} />
          {hasActions(page) ? null : <TestForm page={page} primary={false} />}
          {model.placement && !hasActions(page) ? <CopyDiagnostic text={page.diagnostic} /> : null}
          <SavedNote />
        </div>
      </div>
      <Details page={page} />
    </Section>
  )
}
