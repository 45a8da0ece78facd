import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PlainLayout } from '#app/_ui/layout/message-page.tsx'
import { readStart } from '#lib/server/oauth/start.ts'

export const generateMetadata = async (): Promise<Metadata> => {
  const [start, t] = await Promise.all([readStart(), getTranslations('authorizationStart')])
  return { title: t(start ? 'title' : 'lostTitle'), referrer: 'no-referrer' }
}

/** Goes on by itself to the consent page: a redirect straight from a form would be stopped by `form-action 'self'`. */
export default async function StartPage() {
  const [start, t] = await Promise.all([readStart(), getTranslations()])
  if (!start)
    return (
      <PlainLayout
        title={t('authorizationStart.lostTitle')}
        lede={`${t('failures.departure_lost.cause')} ${t('failures.departure_lost.fix')}`}
      >
        <a className="button primary" href="/administratif/cle-de-securite">
          {t('failures.departure_lost.action')}
        </a>
      </PlainLayout>
    )
  return (
    <PlainLayout title={t('authorizationStart.title')} lede={t('authorizationStart.lede')}>
      <meta httpEquiv="refresh" content={`0;url=${start.url}`} />
      <a className="button primary" href={start.url} rel="noreferrer">
        {t('authorizationStart.link')}
      </a>
    </PlainLayout>
  )
}
