import { getTranslations } from 'next-intl/server'
import { BriefWhen } from '#app/_ui/display/date.tsx'
import { Duration } from '#app/_ui/display/duration.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { SupportRow } from '#lib/server/loaders/support/support-page.ts'
import { hrefOf, type SupportQuery } from '#lib/server/loaders/support/support-query.ts'
import { tones } from './tones.ts'

interface Props {
  row: SupportRow
  query: SupportQuery
  now: Date
}

/** A connection; the name’s link covers the whole row. */
export const Row = async ({ row, query, now }: Props) => {
  const t = await getTranslations('console')
  const { id } = row.place
  const open = query.open === id
  const { tenant, provider, urgency, archivedAt, status, restoredAt, nextAttemptAt } = row
  const tone = tones[urgency]
  const { reason, since, lastSuccessAt } = status
  return (
    <tr id={id} className={open ? 'chosen' : undefined}>
      <th scope="row">
        <a className="whole-row" href={`/support/${tenant.id}`}>
          {tenant.name}
        </a>
        {tenant.ref ? <span className="mono">{tenant.ref}</span> : null}
      </th>
      <td data-label={t('column.connection')}>{t(`provider.${provider}`)}</td>
      <td data-label={t('column.state')}>
        <span className="status-label" data-tone={tone}>
          <StateIcon state={archivedAt ? 'paused' : urgency} />{' '}
          {archivedAt ? t('archived.label') : t(`headline.${urgency}.label`)}
        </span>
        {restoredAt ? <small>{t('restored.mark')}</small> : null}
        {reason ? <code>{reason}</code> : null}
      </td>
      <td data-label={t('column.since')} className="num">
        {tone === 'bad' || tone === 'warn' ? (
          <Duration since={since} now={now} />
        ) : (
          <span className="visually-hidden">{t('notBroken')}</span>
        )}
      </td>
      <td data-label={t('column.lastSuccess')} className="num">
        {lastSuccessAt ? <BriefWhen at={lastSuccessAt} now={now} /> : t('never')}
      </td>
      <td data-label={t('column.nextAttempt')} className="num">
        {nextAttemptAt === null ? (
          t('noAttempt')
        ) : nextAttemptAt > now ? (
          <BriefWhen at={nextAttemptAt} now={now} />
        ) : (
          t('soon')
        )}
      </td>
      <td>
        {urgency === 'unconfigured' || archivedAt ? null : (
          <a className="act" href={hrefOf({ ...query, open: open ? null : id })} aria-expanded={open}>
            {t(open ? 'row.close' : 'row.act')} <span className="visually-hidden">{tenant.name}</span>
          </a>
        )}
      </td>
    </tr>
  )
}
