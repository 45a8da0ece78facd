import { getTranslations } from 'next-intl/server'
import type { AskPage } from '#lib/server/loaders/support/ask-page.ts'

type Row = AskPage['asked'][number]

/** Why its customer is asked: what is wrong, or that it is still on the old version. */
const becauseOf = ({ urgency }: Row, kind: AskPage['kind']) =>
  kind === 'upgrade' ? 'v1' : urgency === 'misconfigured' ? 'misconfigured' : 'reconnect_required'

/** Connections whose customers are asked, or are not, and why. */
export const AskedTable = async ({ kind, rows }: { kind: AskPage['kind']; rows: readonly Row[] }) => {
  const t = await getTranslations('console')
  return (
    <table>
      <caption className="visually-hidden">{t('many.column.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('column.client')}</th>
          <th scope="col">{t('column.connection')}</th>
          <th scope="col">{t('many.why')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.place.id}>
            <th scope="row">
              <a href={`/support/${row.tenant.id}`}>{row.tenant.name}</a>
              {row.tenant.ref ? <span className="mono">{row.tenant.ref}</span> : null}
            </th>
            <td data-label={t('column.connection')}>{t(`provider.${row.provider}`)}</td>
            <td data-label={t('many.why')}>
              {row.skipped ? t(`many.reason.${row.skipped}`) : t(`many.because.${becauseOf(row, kind)}`)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
