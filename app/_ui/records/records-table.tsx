import { ChevronDown, ChevronUp } from 'lucide-react'
import { BriefWhen } from '#app/_ui/display/date.tsx'
import { type ColumnId, fieldOf, isInactive, listColumns, listPaths } from '#lib/server/loaders/sync/list-pages.ts'
import { writeQuery } from '#lib/server/loaders/sync/record-query.ts'
import { isDated, type RecordsPage, type ShownRecord } from '#lib/server/loaders/sync/records-page.ts'
import { type RecordWords, recordWords } from './words.ts'

interface HeadProps {
  page: RecordsPage
  by: 'name' | 'updated'
  label: string
}

/** A column that the list is put in order by: the link turns the order round. */
const Head = ({ page: { list, query }, by, label }: HeadProps) => {
  const here = query.sort.by === by
  const { descending } = query.sort
  // names begin at A, changes with the last
  const sort = { by, descending: here ? !descending : by === 'updated' }
  const Icon = descending ? ChevronDown : ChevronUp
  return (
    <th scope="col" aria-sort={here ? (descending ? 'descending' : 'ascending') : undefined}>
      <a href={listPaths[list] + writeQuery({ ...query, sort, cursor: null }, isDated(list))}>
        {label} {here ? <Icon className="icon" aria-hidden="true" /> : null}
      </a>
    </th>
  )
}

/** An address may break where its host begins; one element, since a cell of a phone has two columns. */
const Text = ({ column, text }: { column: ColumnId; text: string }) => {
  const at = column === 'emails' ? text.lastIndexOf('@') : -1
  return at > 0 ? (
    <span>
      <span className="part">{text.slice(0, at)}</span>
      <span className="part">{text.slice(at)}</span>
    </span>
  ) : (
    text
  )
}

const numeric = new Set<ColumnId>(['telephones', 'vat_number', 'number'])

const Cell = ({ column, record, words }: { column: ColumnId; record: ShownRecord; words: RecordWords }) => {
  const field = fieldOf(column)
  const said = words.lines(field, record.body[field])
  // the place alone: the street stands on the record's page
  const text = column === 'place' ? said.at(-1) : said[0]
  return (
    <td className={numeric.has(column) ? 'num' : undefined} data-label={words.t(`column.${column}`)}>
      {text === undefined ? null : <Text column={column} text={text} />}
    </td>
  )
}

const Row = ({ page, record, words }: { page: RecordsPage; record: ShownRecord; words: RecordWords }) => {
  const { list, now } = page
  const { status, missing, updatedAt } = record
  const inactive = status !== null && isInactive(status)
  const hasStatus = listColumns[list].includes('status')
  const below = [
    ...(inactive && !hasStatus ? [words.status(status)] : []),
    ...(missing ? [words.t('missing')] : []),
  ].join(', ')
  return (
    <tr className={inactive || missing ? 'inactive' : undefined}>
      <th scope="row">
        <a href={`${listPaths[list]}/${record.n}`}>{words.nameOf(record)}</a>
        {below ? <span className="below">{below}</span> : null}
      </th>
      {listColumns[list].map((column) => (
        <Cell key={column} column={column} record={record} words={words} />
      ))}
      {isDated(list) ? (
        <td className="num" data-label={words.t('column.updated')}>
          {updatedAt ? <BriefWhen at={updatedAt} now={now} /> : null}
        </td>
      ) : null}
    </tr>
  )
}

/** The records of a page, those out of use in grey. */
export const RecordsTable = async ({ page }: { page: RecordsPage }) => {
  const words = await recordWords()
  const { t } = words
  const { list } = page
  return (
    <table className="connections records">
      <caption className="visually-hidden">{t('caption', { title: t(`title.${list}`) })}</caption>
      <thead>
        <tr>
          <Head page={page} by="name" label={t('column.name')} />
          {listColumns[list].map((column) => (
            <th key={column} scope="col">
              {t(`column.${column}`)}
            </th>
          ))}
          {isDated(list) ? <Head page={page} by="updated" label={t('column.updated')} /> : null}
        </tr>
      </thead>
      <tbody>
        {page.page.rows.map((record) => (
          <Row key={record.n} page={page} record={record} words={words} />
        ))}
      </tbody>
    </table>
  )
}
