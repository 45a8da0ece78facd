import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { DeadLink } from '#app/_ui/links/dead-link.tsx'
import { readInvitation, takesPasswords } from '#lib/server/loaders/accounts/link-pages.ts'
import { InvitationForm } from './form.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('invitation'))('title'),
  referrer: 'no-referrer',
})

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [invitation, passwords, t] = await Promise.all([
    readInvitation(token),
    takesPasswords(),
    getTranslations('invitation'),
  ])
  if (typeof invitation === 'string') return <DeadLink code={invitation} />
  const { email, name, tenantName } = invitation
  const lede = tenantName ? t('lede', { tenant: tenantName }) : t('ledeSupport')
  return (
    <AuthLayout title={t('title')} lede={passwords ? lede : t('ledeCompany')}>
      <InvitationForm token={token} email={email} name={name} passwords={passwords} />
    </AuthLayout>
  )
}
