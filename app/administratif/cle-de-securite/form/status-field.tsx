import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { needsAttention } from '#app/administratif/_connection/page-model.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { StatusSwitch } from './status-switch.tsx'

/** « Statut », and what being on or off comes to as things stand. */
export const StatusField = async ({ page: { provider, grant, view } }: { page: KeyPage }) => {
  const t = await providerMessages(provider)
  const works = grant === 'keys' ? view.lastSuccessAt !== null : view.connection !== null
  return (
    <StatusSwitch
      key={`${provider} ${view.enabled}`}
      label={t('field.enabled')}
      on={view.enabled}
      whenOn={t(!works ? 'help.onSoon' : needsAttention(view) ? 'help.onBroken' : 'help.on')}
      whenOff={t('help.off')}
    />
  )
}
