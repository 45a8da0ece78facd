import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { ageOf } from '#app/administratif/synchronisation/copy/moments.ts'
import { copySentence } from '#app/administratif/synchronisation/copy/sentence.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import { readCopy } from '#lib/server/loaders/sync/copies.ts'

/** Where the copy of a connection stands, in a line. @param linked to the page that says it in full */
export const CopyLine = async ({ provider, linked }: { provider: ProviderId; linked: boolean }) => {
  const [found, t] = await Promise.all([readCopy(provider), getTranslations('sync')])
  if (!found) return null
  const { copy, now } = found
  const { headline, completeAt } = copy
  const read = completeAt && t('readAt', { when: await whenInline(completeAt, now), age: await ageOf(completeAt, now) })
  return (
    <div className="row">
      <dt>{t('line.label')}</dt>
      <dd>
        {headline === 'up_to_date' ? await copySentence(copy, now) : t(`headlines.${headline}`)}
        {headline !== 'up_to_date' && read ? <small>{read}</small> : null}
        {linked ? (
          <small>
            <a href="/administratif/synchronisation">{t('line.link')}</a>
          </small>
        ) : null}
      </dd>
    </div>
  )
}
