import { getTranslations } from 'next-intl/server'
import { Entrance } from './entrance.tsx'

/** Where a one-time link leads once it is used, expired or replaced. */
export const DeadLink = async () => {
  const t = await getTranslations()
  return (
    <Entrance title={t('linkDead.title')} lede={t('failures.link_dead.cause')}>
      <p className="help">{t('failures.link_dead.fix')}</p>
      <div className="actions">
        <a className="button primary" href="/connexion">
          {t('failures.link_dead.action')}
        </a>
      </div>
    </Entrance>
  )
}
