import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AuthLayout } from '#app/_ui/layout/auth-layout.tsx'
import { readChallenge } from '#lib/server/loaders/factors/factor-pages.ts'
import { FactorForm } from './form.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('secondFactor'))('title'),
})

interface Props {
  searchParams: Promise<{ moyen?: string | string[]; next?: string | string[] }>
}

/** Between the password and the rest: nothing else opens before. */
export default async function SecondFactorPage({ searchParams }: Props) {
  const { moyen, next: asked } = await searchParams
  const [{ email, offers, next }, t] = await Promise.all([
    readChallenge(typeof asked === 'string' ? asked : ''),
    getTranslations('secondFactor'),
  ])
  const recovers = moyen === 'secours' && offers.recoveryCode
  const by = recovers ? 'recovery_code' : offers.totp ? 'totp' : 'passkey'
  return (
    <AuthLayout title={t('title')} lede={t(`lede.${by}`, { email })}>
      <FactorForm by={by} passkey={offers.passkey} next={next} />
      <p className="aside-link">
        {recovers ? (
          <a href={`/connexion/second-facteur?${new URLSearchParams({ next })}`}>{t('other')}</a>
        ) : offers.recoveryCode ? (
          <a href={`/connexion/second-facteur?${new URLSearchParams({ moyen: 'secours', next })}`}>
            {t('useRecovery')}
          </a>
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
