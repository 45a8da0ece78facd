import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { DeadLink } from '#app/_ui/links/dead-link.tsx'
import { confirmEmail } from '#lib/server/actions/my-account.ts'
import { readEmailLink } from '#lib/server/loaders/accounts/account-page.ts'

interface Props {
  params: Promise<{ token: string }>
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const [link, t] = await Promise.all([readEmailLink((await params).token), getTranslations()])
  const dead = typeof link === 'string' && link !== 'link_used'
  return { title: t(dead ? 'linkDead.title' : 'newEmail.title'), referrer: 'no-referrer' }
}

const Confirm = async ({ token, email, newEmail }: { token: string; email: string; newEmail: string }) => {
  const [t, messages] = await Promise.all([
    getTranslations('newEmail'),
    formMessages(`/adresse/${token}`, ['email_taken']),
  ])
  return (
    <AuthLayout title={t('title')} lede={t('lede', { email })}>
      <FormScope action={confirmEmail} labels={messages} keeps={false}>
        <ActionForm id="new-email">
          <FormNotice />
          <input type="hidden" name="token" value={token} />
          <div className="field">
            <label htmlFor="new-email-address">{t('address')}</label>
            <input type="text" id="new-email-address" value={newEmail} readOnly />
          </div>
          <SubmitButton kind="primary" pending={t('pending')}>
            {t('submit')}
          </SubmitButton>
        </ActionForm>
      </FormScope>
    </AuthLayout>
  )
}

/** Looking changes nothing: programs open the links of mails before people do. */
export default async function NewEmailPage({ params }: Props) {
  const { token } = await params
  const [link, t] = await Promise.all([readEmailLink(token), getTranslations('newEmail')])
  if (typeof link !== 'string') return <Confirm token={token} {...link} />
  if (link !== 'link_used') return <DeadLink code={link} fix={t('dead')} />
  return (
    <AuthLayout title={t('done')} lede={t('doneLede')}>
      <div className="actions">
        <a className="button primary" href="/mon-compte">
          {t('account')}
        </a>
      </div>
    </AuthLayout>
  )
}
