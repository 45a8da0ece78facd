import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** « Reprendre »: tries the keys that the backup held. */
export const ResumeRestoredForm = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const { provider } = page
  const { prefix, resumeRestored } = sectionForms[provider]
  const [t, messages] = await Promise.all([
    getTranslations('button'),
    formMessages('/administratif/cle-de-securite', ['not_admin'], provider),
  ])
  if (resumeRestored === null) return null
  return (
    <FormScope action={resumeRestored} labels={messages}>
      <ActionForm id={`${prefix}resume-restored`} className="flat">
        <FormNotice />
        <SubmitButton kind={model.primary === 'resume_restored' ? 'primary' : 'plain'} pending={t('resumingRestored')}>
          {t('resumeRestored')}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  )
}
