import { dateAndTime } from '#app/_ui/display/date.tsx'
import type { ShownRecord } from '#lib/server/loaders/sync/records-page.ts'
import type { RecordWords } from './words.ts'

interface Props {
  field: string
  record: ShownRecord
  words: RecordWords
}

const dated = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/
const numeric = new Set(['telephones', 'vat_number', 'national_identification_number', 'number'])

const textOf = async (line: string) =>
  dated.test(line) && !Number.isNaN(Date.parse(line)) ? dateAndTime(new Date(line)) : line

/** What a field says, a line for each part; nothing where it says nothing. */
export const Field = async ({ field, record, words: { t, lines } }: Props) => {
  const said = await Promise.all(lines(field, record.body[field]).map(textOf))
  if (said.length === 0) return null
  const key = `field.${field}` as 'field.name'
  return (
    <div className="row">
      <dt>{t.has(key) ? t(key) : field}</dt>
      <dd className={numeric.has(field) ? 'num' : undefined}>
        {said.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
          <span className="line" key={place}>
            {field === 'emails' ? <a href={`mailto:${line}`}>{line}</a> : line}
          </span>
        ))}
      </dd>
    </div>
  )
}
