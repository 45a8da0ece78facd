import { getTranslations } from 'next-intl/server'

/** A plain link: fetching it ahead would spend the code. */
export const FinishLink = async () => {
  const t = await getTranslations('button')
  return (
    <a className="button primary" href="/oauth/callback/suite">
      {t('finish')}
    </a>
  )
}

export const RefreshLink = async ({ primary }: { primary: boolean }) => {
  const t = await getTranslations('key')
  return (
    <a className={primary ? 'button primary' : 'button'} href="/administratif/cle-de-securite">
      {t('refresh')}
    </a>
  )
}
