import { getTranslations } from 'next-intl/server'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { DoneNotice } from '#app/_ui/forms/done-notice.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { requestPasswordReset } from '#lib/server/actions/account.ts'

export const ForgottenForm = async () => {
  const [t, messages] = await Promise.all([
    getTranslations('forgotten'),
    formMessages('/mot-de-passe', ['email_malformed', 'requests_throttled', 'mail_failed']),
  ])
  return (
    <FormScope action={requestPasswordReset} labels={{ ...messages, saved: t('sent') }} keeps={false}>
      <ActionForm id="forgotten">
        <FormNotice />
        <DoneNotice />
        <TextField name="email" type="email" label={t('email')} autoComplete="username" />
        <SubmitButton kind="primary" pending={t('pending')}>
          {t('submit')}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  )
}
