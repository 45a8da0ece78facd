import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/action-form.tsx'
import type { KnownFault } from '#app/_ui/field-fault.tsx'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import type { Field } from '#lib/domain/failure-codes.ts'
import type { KeyPage } from '#lib/server/key-page.ts'
import { CodeField } from './code-field.tsx'
import { formId } from './contract.ts'
import { CredentialFields } from './credential-fields.tsx'
import { FormButtons } from './form-buttons.tsx'
import { KnownProblem } from './known-problem.tsx'
import { needsAttention, type Plan } from './plan.ts'
import { RedirectField } from './redirect-field.tsx'
import { Revision } from './revision.tsx'
import { StatusSwitch } from './status-switch.tsx'
import { VersionChoice } from './version-choice.tsx'

/** The form. The order of its fields never changes. */
export const Settings = async ({ page, plan }: { page: KeyPage; plan: Plan }) => {
  const t = await getTranslations()
  const { view, problem } = page
  const faultAt = (field: Field): KnownFault | undefined =>
    problem && plan.spot === 'field' && problem.field === field
      ? { code: problem.code, shown: <KnownProblem page={page} problem={problem} plan={plan} /> }
      : undefined
  return (
    <ActionForm id={formId} stamp={`${view.revision} ${problem?.code} ${problem?.at?.getTime()}`}>
      <h3>{t('key.settings')}</h3>
      <FormNotice />
      <Revision current={view.revision} />
      <StatusSwitch
        key={String(view.enabled)}
        label={t('field.enabled')}
        on={view.enabled}
        whenOn={t(!view.connection ? 'help.onSoon' : needsAttention(view) ? 'help.onBroken' : 'help.on')}
        whenOff={t('help.off')}
      />
      <VersionChoice />
      <RedirectField uri={page.redirectUri} fault={faultAt('redirectUri')} />
      <CredentialFields page={page} faultAt={faultAt} />
      <CodeField page={page} fault={faultAt('authCode')} />
      <FormButtons page={page} plan={plan} />
    </ActionForm>
  )
}
