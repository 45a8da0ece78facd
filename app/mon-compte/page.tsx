import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AccountShell } from '#app/_ui/layout/account-shell.tsx'
import { readAccount } from '#lib/server/loaders/accounts/account-page.ts'
import { Factors } from './factors.tsx'
import { OwnData } from './own-data.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { Sessions } from './sessions.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('account'))('title') })

export default async function AccountPage() {
  const [page, t] = await Promise.all([readAccount(), getTranslations('account')])
  return (
    <AccountShell user={page.user}>
      <main id="content">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        <ProfileForm page={page} />
        <PasswordForm page={page} />
        <Factors />
        <Sessions page={page} />
        <OwnData page={page} />
      </main>
    </AccountShell>
  )
}
