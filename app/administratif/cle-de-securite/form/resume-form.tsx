import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import { switchConnection } from '#lib/server/actions/connection.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** « Remettre en marche »: nothing but the status changes. */
export const ResumeForm = async ({ page: { provider }, model }: { page: KeyPage; model: Plan }) => {
  const [t, messages] = await Promise.all([
    providerMessages(provider),
    formMessages('/administratif/cle-de-securite', ['not_connected', 'not_admin'], provider),
  ])
  return (
    <FormScope action={switchConnection} labels={messages}>
      <ActionForm id={`${sectionForms[provider].prefix}resume`} className="flat">
        <FormNotice />
        <input type="hidden" name="provider" value={provider} />
        <input type="hidden" name="enabled" value="on" />
        <SubmitButton kind={model.primary === 'resume' ? 'primary' : 'plain'} pending={t('button.resuming')}>
          {t('button.resume')}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  )
}
