import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { withdrawEmail } from '#lib/server/actions/my-account.ts'

interface Props {
  newEmail: { email: string; until: Date }
  now: Date
}

/** A new address that waits for being confirmed: until then nothing changes. */
export const NewEmail = async ({ newEmail: { email, until }, now }: Props) => {
  const [t, messages, when] = await Promise.all([
    getTranslations('account'),
    formMessages('/mon-compte'),
    whenInline(until, now),
  ])
  return (
    <FormScope action={withdrawEmail} labels={messages}>
      <ActionForm id="withdraw-email" className="waiting">
        <FormNotice />
        <p>
          <strong>{email}</strong> <span>{t('waits', { when })}</span>
        </p>
        <div className="actions">
          <SubmitButton kind="quiet" pending={t('pending')}>
            {t('withdraw')}
          </SubmitButton>
        </div>
      </ActionForm>
    </FormScope>
  )
}
