import { getTranslations } from 'next-intl/server'
import type { SupportPage } from '#lib/server/loaders/support/support-page.ts'
import { everything, hrefOf } from '#lib/server/loaders/support/support-query.ts'

/** How far customers have come from the old version to the new one, and who is left. */
export const MigrationProgress = async ({ counted }: Pick<SupportPage, 'counted'>) => {
  const t = await getTranslations('console.migration')
  return counted.migrations.map(({ from, done, left }) => {
    const shown = t('value', { done, total: done + left })
    return (
      <div className="migration" key={from}>
        <label htmlFor={`migration-${from}`}>{t('label')}</label>
        <progress id={`migration-${from}`} max={done + left} value={done}>
          {shown}
        </progress>
        <span className="num">{shown}</span>
        {left > 0 ? <a href={hrefOf({ ...everything, provider: from })}>{t('left', { count: left })}</a> : null}
      </div>
    )
  })
}
