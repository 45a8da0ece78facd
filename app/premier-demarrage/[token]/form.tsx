import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/action-form.tsx'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import { FormScope } from '#app/_ui/form-scope.tsx'
import { formWords } from '#app/_ui/form-words.ts'
import { NewPassword, newAccessFailures } from '#app/_ui/new-password.tsx'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import { TextField } from '#app/_ui/text-field.tsx'
import { createFirstSupport } from '#lib/server/actions/account.ts'

export const FirstRunForm = async ({ token }: { token: string }) => {
  const [t, words] = await Promise.all([getTranslations(), formWords(`/premier-demarrage/${token}`, newAccessFailures)])
  return (
    <FormScope action={createFirstSupport} words={words}>
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
