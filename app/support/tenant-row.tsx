import { getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/date.tsx'
import { StateIcon } from '#app/_ui/state-icon.tsx'
import type { Tone } from '#lib/domain/connection-view.ts'
import type { ConsoleRow } from '#lib/server/support-list.ts'

const tones: Record<ConsoleRow['urgency'], Tone> = {
  unconfigured: 'neutral',
  awaiting_authorization: 'neutral',
  paused: 'neutral',
  connected: 'ok',
  degraded: 'warn',
  reconnect_required: 'bad',
  misconfigured: 'bad',
}

export const TenantRow = async ({ row, now }: { row: ConsoleRow; now: Date }) => {
  const t = await getTranslations()
  const { tenant, standing, urgency: state } = row
  return (
    <tr>
      <th scope="row">
        {tenant.name} {tenant.ref ? <span className="mono">{tenant.ref}</span> : null}
      </th>
      <td data-label={t('support.state')}>
        <span className="word" data-tone={tones[state]}>
          <StateIcon state={state} /> {t(`headline.${state}.word`)}
        </span>
        {standing.reason ? <code>{standing.reason}</code> : null}
      </td>
      <td data-label={t('support.since')}>
        <When at={standing.since} now={now} />
      </td>
      <td data-label={t('support.lastSuccess')}>
        {standing.lastSuccessAt ? <When at={standing.lastSuccessAt} now={now} /> : t('fact.never')}
      </td>
    </tr>
  )
}
