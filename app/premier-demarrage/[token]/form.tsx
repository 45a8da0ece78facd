import { getTranslations } from 'next-intl/server'
import { NewPassword, newAccessFailures } from '#app/_ui/fields/new-password.tsx'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { createFirstSupport } from '#lib/server/actions/account.ts'

export const FirstRunForm = async ({ token }: { token: string }) => {
  const [t, messages] = await Promise.all([
    getTranslations(),
    formMessages(`/premier-demarrage/${token}`, newAccessFailures),
  ])
  return (
    <FormScope action={createFirstSupport} labels={messages}>
      <ActionForm id="first-run">
        <FormNotice />
        <input type="hidden" name="token" value={token} />
        <TextField
          name="email"
          type="email"
          label={t('newAccess.email')}
          help={t('firstRun.emailHelp')}
          autoComplete="username"
        />
        <TextField name="name" label={t('newAccess.name')} autoComplete="name" />
        <NewPassword />
        <SubmitButton kind="primary" pending={t('newAccess.pending')}>
          {t('firstRun.submit')}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  )
}
