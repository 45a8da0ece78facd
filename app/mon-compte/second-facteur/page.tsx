import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
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
  const [enrolment, t, shell] = await Promise.all([
    readEnrolment(typeof next === 'string' ? next : ''),
    getTranslations('enrolment'),
    getTranslations('shell'),
  ])
  // one layout before and after: a form keeps its answer, the recovery codes, only where it stood
  return (
    <PlainLayout title={t('title')} lede={t(enrolment.enrolling ? 'required' : 'lede')}>
      <div className="enrolment">
        <TotpForm {...enrolment} />
        <PasskeyForm {...enrolment} />
        {enrolment.enrolling ? null : (
          <p className="aside-link">
            <a href="/mon-compte">{t('back')}</a>
          </p>
        )}
        <form method="post" action="/deconnexion" className="aside-link">
          <button type="submit" className="link">
            {shell('signOut')}
          </button>
        </form>
      </div>
    </PlainLayout>
  )
}
