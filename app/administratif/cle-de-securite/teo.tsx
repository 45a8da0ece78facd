import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/action-form.tsx'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import { SavedNote } from '#app/_ui/saved-note.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
import { CredentialFields } from './credential-fields.tsx'
import { Deeds, hasDeeds } from './deeds.tsx'
import { CopyDiagnostic } from './diagnostic.tsx'
import { Facts } from './facts.tsx'
import { Folds } from './folds.tsx'
import { Hero } from './hero.tsx'
import { faultsOf } from './known-problem.tsx'
import { PassingNotice } from './passing-notice.tsx'
import { type Plan, planPage } from './plan.ts'
import { Revision } from './revision.tsx'
import { SaveButton } from './save-button.tsx'
import { Section } from './section.tsx'
import { sectionForms } from './section-form.ts'
import { StatusField } from './status-field.tsx'
import { TestForm } from './test-form.tsx'

const TeoSettings = async ({ page, plan }: { page: KeyPage; plan: Plan }) => {
  const [t, teo] = await Promise.all([getTranslations('key'), getTranslations('teo')])
  const { view, problem, provider } = page
  const faultAt = faultsOf(page, plan)
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
  const plan = planPage(page)
  return (
    <Section page={page} plan={plan}>
      <Hero page={page} plan={plan} />
      <PassingNotice page={page} plan={plan} />
      <Facts page={page} plan={plan} />
      <Deeds page={page} plan={plan} />
      <TeoSettings page={page} plan={plan} />
      <div className="form-foot row">
        <div className="actions">
          <SaveButton page={page} plan={plan} />
          {hasDeeds(page) ? null : <TestForm page={page} solid={false} />}
          {plan.spot && !hasDeeds(page) ? <CopyDiagnostic text={page.diagnostic} /> : null}
          <SavedNote />
        </div>
      </div>
      <Folds page={page} />
    </Section>
  )
}
