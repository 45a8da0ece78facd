import { getTranslations } from 'next-intl/server'
import { RecoveryCodes } from '#app/_ui/factors/recovery-codes.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { renewCodes } from '#lib/server/actions/second-factor.ts'
import { codeLabels } from './second-facteur/code-labels.ts'

/** « En refaire dix » */
export const RenewCodes = async () => {
  const [t, messages, confirms, labels] = await Promise.all([
    getTranslations('account.factors'),
    formMessages('/mon-compte', ['confirmation_needed', 'confirmation_wrong', 'passkey_refused']),
    readConfirms(),
    codeLabels(),
  ])
  return (
    <FormScope action={renewCodes} labels={messages} prefix="codes-" keeps={false}>
      <ActionForm id="renew-codes" className="flat">
        <SubmitButton kind="quiet" pending={t('pending')}>
          {t('renew')}
        </SubmitButton>
        <FormNotice />
        <Confirmation {...confirms} />
        <RecoveryCodes labels={labels} onward="/mon-compte" />
      </ActionForm>
    </FormScope>
  )
}
