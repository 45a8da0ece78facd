import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import type { CopyPage } from '#lib/server/loaders/sync/sync-page.ts'
import { ageOf } from './moments.ts'
import { Problem } from './problem.tsx'
import { providerName } from './provider-name.ts'

const Freshness = async ({ copy: { completeAt, dueAt, now } }: { copy: CopyPage }) => {
  const t = await getTranslations('sync')
  return (
    <div className="row">
      <dt>{t('freshness')}</dt>
      <dd>
        {completeAt ? (
          <time dateTime={completeAt.toISOString()}>
            {t('readAt', { when: await whenInline(completeAt, now), age: await ageOf(completeAt, now) })}
          </time>
        ) : (
          t('never')
        )}
        {dueAt && dueAt > now ? <small>{t('nextAt', { when: await whenInline(dueAt, now) })}</small> : null}
      </dd>
    </div>
  )
}

const Completeness = async ({ copy: { provider, provenAt, now } }: { copy: CopyPage }) => {
  const [t, name] = await Promise.all([getTranslations('sync'), providerName(provider)])
  return (
    <div className="row">
      <dt>{t('completeness')}</dt>
      <dd>
        {provenAt ? (
          <time dateTime={provenAt.toISOString()}>{t('provenAt', { when: await whenInline(provenAt, now) })}</time>
        ) : (
          t('unproven')
        )}
        <small>{t(provenAt ? 'provenHelp' : 'unprovenHelp', { provider: name })}</small>
      </dd>
    </div>
  )
}

/** What is wrong, of when the copy is, and since when it is proven complete: none of it is erased by a failure. */
export const Facts = ({ copy }: { copy: CopyPage }) => (
  <dl className="facts">
    <Problem copy={copy} />
    <Freshness copy={copy} />
    <Completeness copy={copy} />
  </dl>
)
