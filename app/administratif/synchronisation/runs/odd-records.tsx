import { getTranslations } from 'next-intl/server'
import type { OddShown, SyncPage } from '#lib/server/loaders/sync/sync-page.ts'
import { providerName } from '../copy/provider-name.ts'

const Row = async ({ record: { id, name, list, oddity, provider } }: { record: OddShown }) => {
  const [t, at] = await Promise.all([getTranslations('sync'), providerName(provider)])
  return (
    <li>
      <p>
        <strong>{name === '' ? t('odd.nameless', { id: id.slice(0, 8) }) : name}</strong>{' '}
        <small>{t(`names.${list}`)}</small>
      </p>
      <p className="help">{t(`odd.why.${oddity}`, { provider: at })}</p>
    </li>
  )
}

/** Records that were read, but not like the others: by name, with the reason. */
export const OddRecords = async ({ records, count }: SyncPage['odd']) => {
  const t = await getTranslations('sync.odd')
  const more = count - records.length
  return (
    <section className="section" aria-labelledby="odd-title">
      <div className="section-head">
        <h2 id="odd-title">{t('title', { count })}</h2>
        <p>{t('aside')}</p>
      </div>
      <ul className="odd">
        {records.map((record) => (
          <Row key={`${record.list} ${record.id}`} record={record} />
        ))}
      </ul>
      {more > 0 ? <p className="help">{t('more', { count: more })}</p> : null}
    </section>
  )
}
