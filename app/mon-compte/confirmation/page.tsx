import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { PlainLayout } from '#app/_ui/layout/message-page.tsx'
import { confirmByCompany } from '#lib/server/actions/my-account.ts'
import { isConfirmedNow } from '#lib/server/auth/confirmation.ts'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('confirmation'))('title'),
})

/** « Confirmez que c'est vous » through the company, in a tab of its own: what was typed stays in the other one. */
export default async function ConfirmationPage() {
  const [confirmed, t, messages] = await Promise.all([
    isConfirmedNow(),
    getTranslations('confirmation'),
    formMessages('/mon-compte/confirmation', ['oidc_unavailable', 'oidc_misconfigured']),
  ])
  if (confirmed) return <PlainLayout title={t('done')} lede={t('doneLede')} />
  return (
    <PlainLayout title={t('title')} lede={t('companyLede')}>
      <FormScope action={confirmByCompany} labels={messages} keeps={false}>
        <ActionForm id="confirm-by-company" className="flat">
          <FormNotice />
          <SubmitButton kind="primary" pending={t('pending')}>
            {t('byCompany')}
          </SubmitButton>
        </ActionForm>
      </FormScope>
    </PlainLayout>
  )
}
