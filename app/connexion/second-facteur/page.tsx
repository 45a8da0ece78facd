import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { readChallenge } from '#lib/server/loaders/factors/factor-pages.ts'
import { FactorForm } from './form.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('secondFactor'))('title'),
})

interface Props {
  searchParams: Promise<{ moyen?: string | string[] }>
}

/** Between the password and the rest: nothing else opens before. */
export default async function SecondFactorPage({ searchParams }: Props) {
  const [{ email, offers }, { moyen }, t] = await Promise.all([
    readChallenge(),
    searchParams,
    getTranslations('secondFactor'),
  ])
  const recovers = moyen === 'secours' && offers.recoveryCode
  const by = recovers ? 'recovery_code' : offers.totp ? 'totp' : 'passkey'
  return (
    <AuthLayout title={t('title')} lede={t(`lede.${by}`, { email })}>
      <FactorForm by={by} passkey={offers.passkey} />
      <p className="aside-link">
        {recovers ? (
          <a href="/connexion/second-facteur">{t('other')}</a>
        ) : offers.recoveryCode ? (
          <a href="/connexion/second-facteur?moyen=secours">{t('useRecovery')}</a>
        ) : null}
      </p>
      <form method="post" action="/deconnexion" className="aside-link">
        <button type="submit" className="link">
          {t('restart')}
        </button>
      </form>
    </AuthLayout>
  )
}
