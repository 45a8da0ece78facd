import { getTranslations } from 'next-intl/server'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { signIn } from '#lib/server/actions/sign-in.ts'
import { offersOidc } from '#lib/server/auth/oidc/oidc-start.ts'
import { takesPasswords } from '#lib/server/loaders/accounts/link-pages.ts'

/** @param next the page to go on to */
export const SignInForm = async ({ next }: { next: string | null }) => {
  const [t, messages, company, passwords] = await Promise.all([
    getTranslations('signIn'),
    formMessages('/connexion', ['credentials_wrong', 'email_malformed', 'oidc_unavailable']),
    offersOidc(),
    takesPasswords(),
  ])
  return (
    <FormScope action={signIn} labels={messages} keeps={false}>
      <ActionForm id="sign-in">
        <FormNotice />
        {next === null ? null : <input type="hidden" name="next" value={next} />}
        {passwords ? (
          <>
            <TextField name="email" type="email" label={t('email')} autoComplete="username" />
            <TextField name="password" type="password" label={t('password')} autoComplete="current-password" />
            <SubmitButton kind="primary" pending={t('pending')}>
              {t('submit')}
            </SubmitButton>
          </>
        ) : null}
        {company ? (
          <SubmitButton
            kind={passwords ? 'plain' : 'primary'}
            name="intent"
            value="company"
            pending={t('companyPending')}
          >
            {t('company')}
          </SubmitButton>
        ) : null}
      </ActionForm>
    </FormScope>
  )
}
