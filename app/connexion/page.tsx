import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { LeftNotice } from '#app/_ui/notices/flash.tsx'
import { deepLinkOf } from '#lib/server/auth/deep-link.ts'
import { currentUser } from '#lib/server/auth/session.ts'
import { signInNotice } from '#lib/server/cookies/flash.ts'
import { takesPasswords } from '#lib/server/loaders/accounts/link-pages.ts'
import { hasReceivedCode } from '#lib/server/loaders/connections/received-code.ts'
import { SignInForm } from './form.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('signIn'))('title') })

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function SignInPage({ searchParams }: Props) {
  const { next } = await searchParams
  const deepLink = typeof next === 'string' ? deepLinkOf(next) : null
  if (await currentUser()) redirect(deepLink ?? '/')
  const t = await getTranslations('signIn')
  return (
    <AuthLayout title={t('title')}>
      <LeftNotice flash={await signInNotice.read()} />
      {(await hasReceivedCode()) ? (
        <div className="notice" data-tone="neutral" role="status">
          <StateIcon state="code_received" />
          <p>{t('codeReceived')}</p>
        </div>
      ) : null}
      <SignInForm next={deepLink} />
      {(await takesPasswords()) ? (
        <p className="aside-link">
          <a href="/mot-de-passe">{t('forgotten')}</a>
        </p>
      ) : null}
    </AuthLayout>
  )
}
