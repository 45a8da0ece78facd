import { getTranslations } from 'next-intl/server'
import type { CopyPage } from '#lib/server/loaders/sync/sync-page.ts'
import { providerName } from './provider-name.ts'

const minuteMs = 60_000

/** How far it is, how fast, and how long still; a bar only where the end is known. */
export const CopyProgress = async ({ copy: { provider, pace, headline } }: { copy: CopyPage }) => {
  const [t, name] = await Promise.all([getTranslations('sync.progress'), providerName(provider)])
  if (!pace || !['first', 'rereading', 'running', 'checking'].includes(headline)) return null
  const { done, total, rate, leftMs } = pace
  return (
    <div className="progress-of-copy">
      <p className="so-far num">{total === null ? t('done', { done }) : t('of', { done, total })}</p>
      {total === null ? null : <progress max={Math.max(total, 1)} value={done} aria-label={t('label')} />}
      <ul className="measures">
        {rate > 0 ? <li className="num">{t('rate', { count: rate })}</li> : null}
        {total === null ? <li>{t('unknown', { provider: name })}</li> : null}
        {leftMs === null ? null : (
          <li>{leftMs < minuteMs ? t('leftSoon') : t('left', { count: Math.ceil(leftMs / minuteMs) })}</li>
        )}
      </ul>
    </div>
  )
}
