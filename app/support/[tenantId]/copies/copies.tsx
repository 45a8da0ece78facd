import { getFormatter, getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { icons } from '#app/administratif/synchronisation/copy/icons.ts'
import { readTenantCopies, type SeenCopy } from '#lib/server/loaders/support/copies.ts'

const columns = ['list', 'state', 'records', 'lastSuccess', 'proven', 'next'] as const

const Row = async ({ copy, now }: { copy: SeenCopy; now: Date }) => {
  const [t, format] = await Promise.all([getTranslations(), getFormatter()])
  const { list, headline, tone, records, completeAt, provenAt, dueAt, failure, held } = copy
  const words = (column: (typeof columns)[number]) => t(`console.copies.${column}`)
  return (
    <tr>
      <th scope="row">{t(`sync.names.${list}`)}</th>
      <td data-label={words('state')}>
        <div>
          <span className="status-label" data-tone={tone}>
            <StateIcon state={icons[headline]} /> {t(`sync.headlines.${headline}`)}
          </span>
          {held === null ? null : <p className="help">{t('console.copies.held', { count: held })}</p>}
          {failure === null ? null : <code>{failure}</code>}
        </div>
      </td>
      <td data-label={words('records')}>{format.number(records)}</td>
      <td data-label={words('lastSuccess')}>
        {completeAt ? <When at={completeAt} now={now} /> : t('console.copies.incomplete')}
      </td>
      <td data-label={words('proven')}>{provenAt ? <When at={provenAt} now={now} /> : t('console.copies.unproven')}</td>
      <td data-label={words('next')}>{dueAt ? <When at={dueAt} now={now} /> : t('console.copies.none')}</td>
    </tr>
  )
}

/** Numbers and states of a customer's copies, never a record. */
export const Copies = async ({ tenantId, now }: { tenantId: string; now: Date }) => {
  const [copies, t] = await Promise.all([readTenantCopies(tenantId), getTranslations('console.copies')])
  if (copies.length === 0) return null
  return (
    <section aria-labelledby="copies-title">
      <h2 id="copies-title">{t('title')}</h2>
      <table>
        <caption className="visually-hidden">{t('title')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {copies.map((copy) => (
            <Row key={copy.list} copy={copy} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
