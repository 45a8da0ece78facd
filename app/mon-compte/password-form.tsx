import { getTranslations } from 'next-intl/server'
import { dateAndTime } from '#app/_ui/display/date.tsx'
import { NewPassword, newAccessFailures } from '#app/_ui/fields/new-password.tsx'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { DoneNotice } from '#app/_ui/forms/done-notice.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { changePassword } from '#lib/server/actions/my-account.ts'
import type { AccountPage } from '#lib/server/loaders/accounts/account-page.ts'

export const PasswordForm = async ({ page: { passwords, passwordChangedAt } }: { page: AccountPage }) => {
  const [t, messages] = await Promise.all([
    getTranslations('account'),
    formMessages('/mon-compte', [...newAccessFailures, 'current_password_wrong']),
  ])
  if (!passwords) return null
  return (
    <section className="section" aria-labelledby="account-password">
      <div className="section-head">
        <h2 id="account-password">{t('password')}</h2>
        {passwordChangedAt ? <p>{t('changedAt', { when: await dateAndTime(passwordChangedAt) })}</p> : null}
      </div>
      <FormScope action={changePassword} labels={{ ...messages, saved: t('passwordChanged') }}>
        <ActionForm id="password-form" className="form flush">
          <FormNotice />
          <DoneNotice />
          <TextField
            name="currentPassword"
            type="password"
            label={t('currentPassword')}
            autoComplete="current-password"
          />
          <NewPassword label={t('newPassword')} />
          <div className="form-foot row">
            <div className="actions">
              <SubmitButton pending={t('pending')}>{t('changePassword')}</SubmitButton>
              <p className="faint">{t('closesOthers')}</p>
            </div>
          </div>
        </ActionForm>
      </FormScope>
    </section>
  )
}
