import { getTranslations } from 'next-intl/server'

/** Who begins is shown the way. */
export const FollowGuide = async () => {
  const t = await getTranslations('guide')
  return (
    <p className="hero-actions">
      <a href="/administratif/guide">{t('follow')}</a>
    </p>
  )
}
