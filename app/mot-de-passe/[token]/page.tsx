import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { DeadLink } from '#app/_ui/links/dead-link.tsx'
import { readPasswordLink, takesPasswords } from '#lib/server/loaders/accounts/link-pages.ts'
import { NewPasswordForm } from './form.tsx'

interface Props {
  params: Promise<{ token: string }>
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const [holder, t] = await Promise.all([readPasswordLink((await params).token), getTranslations()])
  const title = t(typeof holder === 'string' ? 'linkDead.title' : 'newPassword.title')
  return { title, referrer: 'no-referrer' }
}

export default async function NewPasswordPage({ params }: Props) {
  if (!(await takesPasswords())) redirect('/connexion')
  const { token } = await params
  const [holder, t] = await Promise.all([readPasswordLink(token), getTranslations('newPassword')])
  if (typeof holder === 'string') return <DeadLink code={holder} again={{ href: '/mot-de-passe', label: t('again') }} />
  return (
    <AuthLayout title={t('title')} lede={t('lede')}>
      <NewPasswordForm token={token} email={holder.email} />
    </AuthLayout>
  )
}
