import { ExternalLink } from 'lucide-react'
import { getTranslations } from 'next-intl/server'

export const OpenTeamleader = async ({ url }: { url: string }) => {
  const t = await getTranslations('guide')
  return (
    <a className="button" href={url} target="_blank" rel="noreferrer">
      {t('teamleader')} <ExternalLink className="icon" aria-hidden="true" />
      <span className="visually-hidden">{t('newTab')}</span>
    </a>
  )
}
