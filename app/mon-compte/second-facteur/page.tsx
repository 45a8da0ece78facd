import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AccountShell } from '#app/_ui/layout/account-shell.tsx'
import { PlainLayout } from '#app/_ui/layout/message-page.tsx'
import { readEnrolment } from '#lib/server/loaders/factors/factor-pages.ts'
import { PasskeyForm } from './passkey-form.tsx'
import { TotpForm } from './totp-form.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('enrolment'))('title'),
})

interface Props {
  searchParams: Promise<{ next?: string | string[] }>
}

/** Whoever must have a second factor and has none sees this page alone. */
export default async function EnrolmentPage({ searchParams }: Props) {
  const { next } = await searchParams
  const [enrolment, t] = await Promise.all([
    readEnrolment(typeof next === 'string' ? next : ''),
    getTranslations('enrolment'),
  ])
  const forms = (
    <>
      <TotpForm {...enrolment} />
      <PasskeyForm {...enrolment} />
    </>
  )
  if (enrolment.enrolling)
    return (
      <PlainLayout title={t('title')} lede={t('required')}>
        <div className="enrolment">{forms}</div>
      </PlainLayout>
    )
  return (
    <AccountShell user={enrolment.user}>
      <main id="content">
        <h1>{t('title')}</h1>
        <p className="lede">{t('lede')}</p>
        {forms}
      </main>
    </AccountShell>
  )
}
