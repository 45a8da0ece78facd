import { getTranslations } from 'next-intl/server'
import { NewPassword, newAccessFailures } from '#app/_ui/fields/new-password.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { resetPassword } from '#lib/server/actions/account.ts'

export const NewPasswordForm = async ({ token, email }: { token: string; email: string }) => {
  const [t, messages] = await Promise.all([
    getTranslations(),
    formMessages(`/mot-de-passe/${token}`, newAccessFailures),
  ])
  return (
    <FormScope action={resetPassword} labels={messages}>
      <ActionForm id="new-password">
        <FormNotice />
        <input type="hidden" name="token" value={token} />
        <div className="field">
          <label htmlFor="email">{t('newAccess.email')}</label>
          <input type="text" id="email" value={email} readOnly autoComplete="username" />
        </div>
        <NewPassword />
        <SubmitButton kind="primary" pending={t('newPassword.pending')}>
          {t('newPassword.submit')}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  )
}
