import { getFormatter, getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { ShownList } from '#lib/server/loaders/sync/sync-page.ts'

/** Why a list is not up to date, and what becomes of it: a sentence or two below its state. */
export const ListState = async ({ list, now }: { list: ShownList; now: Date }) => {
  const [t, words, format] = await Promise.all([
    getTranslations('sync'),
    providerMessages(list.provider),
    getFormatter(),
  ])
  const { headline, stopped, held, failure, dueAt, tally } = list
  switch (headline) {
    case 'stopped':
      return <p className="help">{t('stoppedBy', { name: stopped?.by ?? t('somebody') })}</p>
    case 'held':
      return (
        <div className="cause">
          <p>{t('held', { count: format.number(held?.count ?? 0) })}</p>
          <p className="help">{(held?.names ?? []).filter((name) => name !== '').join(' · ')}</p>
        </div>
      )
    case 'connection':
      return (
        <p className="help">
          {t('waitsForConnection')} <a href="/administratif/cle-de-securite">{t('seeConnection')}</a>
        </p>
      )
    case 'forbidden':
      return failure ? (
        <p className="cause">
          {words(`failures.${failure}.cause`)} {words(`failures.${failure}.fix`)}
        </p>
      ) : null
    case 'throttled':
    case 'retrying':
      return dueAt ? <p className="help">{t('retry', { when: await whenInline(dueAt, now) })}</p> : null
    case 'first':
    case 'running':
      return tally.calls > 0 ? (
        <p className="help">{t('progress', { count: format.number(tally.added + tally.changed) })}</p>
      ) : null
    default:
      return null
  }
}
