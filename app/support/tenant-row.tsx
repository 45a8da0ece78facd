import { getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/date.tsx'
import { StateIcon } from '#app/_ui/state-icon.tsx'
import type { Headline, Tone } from '#lib/domain/connection-view.ts'
import type { readTenants } from '#lib/server/support-list.ts'

type Tenant = Awaited<ReturnType<typeof readTenants>>[number]

const tones: Record<Tenant['state'], Tone> = {
  unconfigured: 'neutral',
  awaiting_authorization: 'neutral',
  connected: 'ok',
  degraded: 'warn',
  reconnect_required: 'bad',
  misconfigured: 'bad',
}

export const TenantRow = async ({ tenant, now }: { tenant: Tenant; now: Date }) => {
  const t = await getTranslations()
  const paused = !tenant.enabled && tenant.state !== 'unconfigured'
  const state: Headline = paused ? 'paused' : tenant.state
  return (
    <tr>
      <th scope="row">
        {tenant.name} {tenant.ref ? <span className="mono">{tenant.ref}</span> : null}
      </th>
      <td data-label={t('support.state')}>
        <span className="word" data-tone={paused ? 'neutral' : tones[tenant.state]}>
          <StateIcon state={state} /> {t(`headline.${state}.word`)}
        </span>
        {tenant.reason ? <code>{tenant.reason}</code> : null}
      </td>
      <td data-label={t('support.since')}>{tenant.since ? <When at={tenant.since} now={now} /> : null}</td>
      <td data-label={t('support.lastSuccess')}>
        {tenant.lastSuccessAt ? <When at={tenant.lastSuccessAt} now={now} /> : t('fact.never')}
      </td>
    </tr>
  )
}
