import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { needsAttention } from '#app/administratif/_connection/page-model.ts'
import { switchConnection } from '#lib/server/actions/connection.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { StatusSwitch } from './status-switch.tsx'

/** « Statut », and what being on or off comes to as things stand. */
export const StatusField = async ({ page: { provider, grant, view } }: { page: KeyPage }) => {
  const [t, messages] = await Promise.all([
    providerMessages(provider),
    formMessages('/administratif/cle-de-securite', ['not_connected', 'not_admin'], provider),
  ])
  const works = grant === 'keys' ? view.lastSuccessAt !== null : view.connection !== null
  return (
    <StatusSwitch
      key={provider}
      provider={provider}
      label={t('field.enabled')}
      on={view.enabled}
      first={!view.begun}
      whenOn={t(!works ? 'help.onSoon' : needsAttention(view) ? 'help.onBroken' : 'help.on')}
      whenOff={t('help.off')}
      done={{ on: t('status.resumed'), off: t('status.paused'), undo: t('status.undo') }}
      action={switchConnection}
      messages={messages}
    >
      {t('help.statusSaved')}
    </StatusSwitch>
  )
}
