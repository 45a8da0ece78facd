import type { ReactNode } from 'react'
import { When, whenInline } from '#app/_ui/display/date.tsx'
import { mainFields } from '#lib/server/loaders/sync/list-pages.ts'
import type { RecordPage } from '#lib/server/loaders/sync/records-page.ts'
import { Field } from './field.tsx'
import type { RecordWords } from './words.ts'

/** When a record was last known to be as it is there, and what is asked of it most. */
export const RecordFacts = async ({
  page: { list, record, copy, now },
  words,
  children,
}: {
  page: RecordPage
  words: RecordWords
  children: ReactNode
}) => {
  const { t } = words
  const { completeAt = null } = copy ?? {}
  const { updatedAt, id } = record
  return (
    <dl className="facts">
      <div className="row">
        <dt>{t('verified')}</dt>
        <dd>
          {completeAt ? <When at={completeAt} now={now} /> : t('notYet')}
          <small>
            {[
              ...(completeAt ? [t('verifiedHelp')] : []),
              ...(updatedAt ? [t('changedThere', { when: await whenInline(updatedAt, now) })] : []),
            ].join(' ')}
          </small>
        </dd>
      </div>
      {children}
      {mainFields[list].map((field) => (
        <Field key={field} field={field} record={record} words={words} />
      ))}
      <div className="row">
        <dt>{t('field.id')}</dt>
        <dd className="verbatim">{id}</dd>
      </div>
    </dl>
  )
}
