import { ChevronLeft, ExternalLink } from 'lucide-react'
import { DetailsBlock } from '#app/_ui/display/details.tsx'
import { AdministrativeShell } from '#app/_ui/layout/administrative-shell.tsx'
import type { ListId } from '#lib/domain/sync/list.ts'
import { isInactive, listPaths } from '#lib/server/loaders/sync/list-pages.ts'
import { readRecord } from '#lib/server/loaders/sync/records-page.ts'
import { Field } from './field.tsx'
import { Linked } from './linked.tsx'
import { RecordFacts } from './record-facts.tsx'
import { RecordRights } from './record-rights.tsx'
import { recordWords } from './words.ts'

/** One copied record: where it is opened, when it was last verified, what is kept of it. */
export const RecordPage = async ({ list, id }: { list: ListId; id: string }) => {
  const [page, words] = await Promise.all([readRecord(list, id), recordWords()])
  const { record, opens, fields, erasable } = page
  const { t, status } = words
  const said = [
    ...(record.status !== null && isInactive(record.status) ? [status(record.status)] : []),
    ...(record.missing ? [t('missing')] : []),
  ]
  return (
    <AdministrativeShell here={listPaths[list]}>
      <main id="content">
        <a className="back" href={listPaths[list]}>
          <ChevronLeft className="icon" aria-hidden="true" /> {t(`title.${list}`)}
        </a>
        <h1 className="long-name">{words.nameOf(record)}</h1>
        {said.length > 0 ? <p className="lede">{said.join(', ')}</p> : null}
        {opens ? (
          <div className="actions record-actions">
            <a className="button primary" href={opens} target="_blank" rel="noopener noreferrer">
              <ExternalLink className="icon" aria-hidden="true" /> {t('open')}
            </a>
          </div>
        ) : null}
        <RecordFacts page={page} words={words}>
          <Linked page={page} words={words} />
        </RecordFacts>
        <div className="folds">
          <DetailsBlock id="fields" title={t('allFields')} aside={t('fieldCount', { count: fields.length })}>
            <dl className="facts all-fields">
              {fields.map((field) => (
                <Field key={field} field={field} record={record} words={words} />
              ))}
            </dl>
          </DetailsBlock>
          {erasable ? <RecordRights list={erasable} record={record} /> : null}
        </div>
      </main>
    </AdministrativeShell>
  )
}
