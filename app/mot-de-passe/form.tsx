import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/action-form.tsx'
import { DoneNotice } from '#app/_ui/done-notice.tsx'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import { FormScope } from '#app/_ui/form-scope.tsx'
import { formWords } from '#app/_ui/form-words.ts'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { requestPasswordReset } from '#lib/server/actions/account.ts'

export const ForgottenForm = async () => {
  const [t, words] = await Promise.all([
    getTranslations('forgotten'),
    formWords('/mot-de-passe', ['email_malformed', 'requests_throttled', 'mail_failed']),
  ])
  return (
    <FormScope action={requestPasswordReset} words={{ ...words, saved: t('sent') }}>
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
