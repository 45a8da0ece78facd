import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { DeadLink } from '#app/_ui/links/dead-link.tsx'
import { readInvitation, takesPasswords } from '#lib/server/loaders/accounts/link-pages.ts'
import { InvitationForm } from './form.tsx'

interface Props {
  params: Promise<{ token: string }>
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const [invitation, t] = await Promise.all([readInvitation((await params).token), getTranslations()])
  const title = t(typeof invitation === 'string' ? 'linkDead.title' : 'invitation.title')
  return { title, referrer: 'no-referrer' }
}

export default async function InvitationPage({ params }: Props) {
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
