import { listPaths } from '#lib/server/loaders/sync/list-pages.ts'
import type { RecordPage } from '#lib/server/loaders/sync/records-page.ts'
import type { RecordWords } from './words.ts'

/** Whom a contact works for, or who works for a company, as the provider said just now. */
export const Linked = ({ page: { links }, words }: { page: RecordPage; words: RecordWords }) => {
  const { t } = words
  if (!links) return null
  const { list, records } = links
  return (
    <div className="row">
      <dt>{t(`linked.${list}`)}</dt>
      <dd>
        {records === null || records.length === 0 ? (
          <span className="faint">{t(records === null ? 'linked.unknown' : 'linked.none')}</span>
        ) : (
          <ul>
            {records.map(({ record, position }) => (
              <li key={record.n}>
                <a href={`${listPaths[list]}/${record.n}`}>{words.nameOf(record)}</a>
                {position ? `, ${position}` : null}
              </li>
            ))}
          </ul>
        )}
      </dd>
    </div>
  )
}
