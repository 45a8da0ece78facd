import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { canMailPassword, takesPasswords } from '#lib/server/loaders/accounts/link-pages.ts'
import { ForgottenForm } from './form.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('forgotten'))('title'),
})

export default async function ForgottenPage() {
  if (!(await takesPasswords())) redirect('/connexion')
  const [possible, t] = await Promise.all([canMailPassword(), getTranslations('forgotten')])
  return (
    <AuthLayout title={t('title')} lede={t(possible ? 'lede' : 'unconfigured')}>
      {possible ? <ForgottenForm /> : null}
      <p className="aside-link">
        <a href="/connexion">{t('back')}</a>
      </p>
    </AuthLayout>
  )
}
