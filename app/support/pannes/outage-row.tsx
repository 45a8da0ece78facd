import { getFormatter, getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/display/date.tsx'
import { Duration } from '#app/_ui/display/duration.tsx'
import type { PastOutage } from '#lib/domain/tokens/circuit-breaker.ts'

/** An outage of a provider, over or not. */
export const OutageRow = async ({ outage, now }: { outage: PastOutage; now: Date }) => {
  const [t, format] = await Promise.all([getTranslations('console'), getFormatter()])
  const { provider, kind, since, endedAt, outcome, connections } = outage
  const counted =
    connections === null ? t(endedAt ? 'outages.unknown' : 'outages.notCounted') : format.number(connections)
  return (
    <tr>
      <td className="num" data-label={t('outages.column.since')}>
        <When at={since} now={now} />
      </td>
      <td data-label={t('outages.column.provider')}>{t(`provider.${provider}`)}</td>
      <td data-label={t('outages.column.kind')}>{t(`outages.kind.${kind}`)}</td>
      <td className="num" data-label={t('outages.column.took')}>
        <Duration since={since} now={endedAt ?? now} />
      </td>
      <td className="num" data-label={t('outages.column.connections')}>
        {counted}
      </td>
      <td data-label={t('outages.column.outcome')}>{outcome ? t(`outages.outcome.${outcome}`) : t('outages.open')}</td>
    </tr>
  )
}
