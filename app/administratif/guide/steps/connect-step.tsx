import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { settingsFailures } from '#app/administratif/_connection/contract.ts'
import { submitTlGroup } from '#lib/server/actions/key.ts'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { ConsentDrawing } from '../drawings/consent-drawing.tsx'
import { ConnectForm } from './connect-form.tsx'
import { LiveStatus } from './live-status.tsx'

/** A connection that works ends when the integration's page is saved once more. */
const SavedAgain = async () => {
  const t = await getTranslations('guide.steps.connect')
  return (
    <div className="notice">
      <StateIcon state="degraded" />
      <div>
        <p>{t('savedAgain')}</p>
      </div>
    </div>
  )
}

/** Leaving for Teamleader, and how the connection stands: before, and once one is back. */
export const ConnectStep = async ({ page }: { page: GuidePage }) => {
  const [t, messages] = await Promise.all([
    getTranslations('guide'),
    formMessages('/administratif/guide', settingsFailures),
  ])
  const { through, view } = page.key
  const shared = through === 'shared'
  return (
    <FormScope key={page.open} action={submitTlGroup} labels={messages}>
      {view.connection ? null : (
        <>
          <p>{shared ? t('steps.connect.textShared') : t('steps.connect.text', { name: page.integrationName })}</p>
          <ConsentDrawing name={shared ? 'Pro+' : page.integrationName} />
        </>
      )}
      <LiveStatus page={page} />
      {shared ? null : <SavedAgain />}
      <ConnectForm page={page} />
    </FormScope>
  )
}
