import { getTranslations } from 'next-intl/server'
import { NewPassword, newAccessFailures } from '#app/_ui/fields/new-password.tsx'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { acceptInvitation } from '#lib/server/actions/account.ts'

interface Props {
  token: string
  email: string
  name: string
  /** Else the company lets them in. */
  passwords: boolean
}

export const InvitationForm = async ({ token, email, name, passwords }: Props) => {
  const [t, messages] = await Promise.all([getTranslations(), formMessages(`/invitation/${token}`, newAccessFailures)])
  return (
    <FormScope action={acceptInvitation} labels={messages}>
      <ActionForm id="invitation">
        <FormNotice />
        <input type="hidden" name="token" value={token} />
        <div className="field">
          <label htmlFor="email">{t('newAccess.email')}</label>
          <input type="text" id="email" value={email} readOnly autoComplete="username" />
        </div>
        <TextField name="name" label={t('newAccess.name')} value={name} autoComplete="name" />
        {passwords ? <NewPassword /> : null}
        <SubmitButton kind="primary" pending={t('newAccess.pending')}>
          {t(passwords ? 'invitation.submit' : 'invitation.submitCompany')}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  )
}
