import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { removeFactor } from '#lib/server/actions/second-factor.ts'

interface Props {
  which: 'totp' | 'passkey'
  passkey?: string
  name: string
}

/** « Retirer » */
export const RemoveFactor = async ({ which, passkey = '', name }: Props) => {
  const [t, messages, confirms] = await Promise.all([
    getTranslations('account.factors'),
    formMessages('/mon-compte', ['factor_required', 'confirmation_needed', 'confirmation_wrong', 'passkey_refused']),
    readConfirms(),
  ])
  return (
    <FormScope action={removeFactor} labels={messages} prefix={`${which}-${passkey.slice(0, 8)}-`} keeps={false}>
      <ActionForm id={`remove-${which}-${passkey.slice(0, 8)}`} className="flat">
        <input type="hidden" name="passkey" value={passkey} />
        <SubmitButton kind="quiet" name="which" value={which} pending={t('pending')}>
          {t('remove')} <span className="visually-hidden">{name}</span>
        </SubmitButton>
        <FormNotice />
        <Confirmation {...confirms} pressed="which" />
      </ActionForm>
    </FormScope>
  )
}
