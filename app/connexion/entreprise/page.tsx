import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PlainLayout } from '#app/_ui/layout/message-page.tsx'
import { readOidcStart } from '#lib/server/auth/oidc/oidc-start.ts'

export const generateMetadata = async (): Promise<Metadata> => {
  const [url, t] = await Promise.all([readOidcStart(), getTranslations('signIn')])
  return { title: t(url === null ? 'companyLost' : 'companyTitle'), referrer: 'no-referrer' }
}

/** Goes on by itself to the company's provider: a redirect straight from a form would be stopped by `form-action 'self'`. */
export default async function OidcStartPage() {
  const [url, t] = await Promise.all([readOidcStart(), getTranslations()])
  if (url === null)
    return (
      <PlainLayout title={t('signIn.companyLost')} lede={t('signIn.companyLostLede')}>
        <a className="button primary" href="/connexion">
          {t('failures.oidc_interrupted.action')}
        </a>
      </PlainLayout>
    )
  return (
    <PlainLayout title={t('signIn.companyTitle')} lede={t('signIn.companyLede')}>
      <meta httpEquiv="refresh" content={`0;url=${url}`} />
      <a className="button primary" href={url} rel="noreferrer">
        {t('signIn.companyLink')}
      </a>
    </PlainLayout>
  )
}
