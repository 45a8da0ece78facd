import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { DeadLink } from '#app/_ui/links/dead-link.tsx'
import { readFirstRun } from '#lib/server/loaders/accounts/link-pages.ts'
import { FirstRunForm } from './form.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('firstRun'))('title'),
  referrer: 'no-referrer',
})

export default async function FirstRunPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [open, t] = await Promise.all([readFirstRun(token), getTranslations('firstRun')])
  if (!open) return <DeadLink code="link_dead" />
  return (
    <AuthLayout title={t('title')} lede={t('lede')}>
      <FirstRunForm token={token} />
    </AuthLayout>
  )
}
