import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { DeadLink } from '#app/_ui/links/dead-link.tsx'
import { readFirstRun } from '#lib/server/loaders/accounts/link-pages.ts'
import { FirstRunForm } from './form.tsx'

interface Props {
  params: Promise<{ token: string }>
}

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const [open, t] = await Promise.all([readFirstRun((await params).token), getTranslations()])
  return { title: t(open ? 'firstRun.title' : 'linkDead.title'), referrer: 'no-referrer' }
}

export default async function FirstRunPage({ params }: Props) {
  const { token } = await params
  const [open, t] = await Promise.all([readFirstRun(token), getTranslations('firstRun')])
  if (!open) return <DeadLink code="link_dead" fix={t('dead')} />
  return (
    <AuthLayout title={t('title')} lede={t('lede')}>
      <FirstRunForm token={token} />
    </AuthLayout>
  )
}
