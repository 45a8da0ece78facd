import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PlainLayout } from './_ui/layout/message-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('notFound'))('title') })

export default async function NotFound() {
  const t = await getTranslations('notFound')
  return (
    <PlainLayout title={t('title')} lede={t('lede')}>
      <a className="button primary" href="/">
        {t('action')}
      </a>
    </PlainLayout>
  )
}
