import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { ConnectionView } from '#lib/domain/connections/connection-view.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** What the section's form sends of settings that stay as they are. */
const stored: Record<ProviderId, (view: ConnectionView) => Record<string, string | number>> = {
  teamleader: ({ revision, clientId }) => ({ apiVersion: 'V2', revision, clientId: clientId }),
  'teamleader-v1': ({ revision, clientId }) => ({
    apiVersion: 'V1',
    revisionV1: revision,
    apiGroup: clientId,
  }),
  teo: ({ revision, clientId, target }) => ({ revision, clientId: clientId, target }),
}

/** Saves what is stored, switched on. */
export const ResumeForm = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const { provider, view } = page
  const { prefix, submit } = sectionForms[provider]
  const [t, messages] = await Promise.all([
    providerMessages(provider),
    formMessages('/administratif/cle-de-securite', ['edited_elsewhere'], provider),
  ])
  return (
    <FormScope action={submit} labels={messages}>
      <ActionForm id={`${prefix}resume`} className="flat">
        <FormNotice />
        <input type="hidden" name="enabled" value="on" />
        {Object.entries(stored[provider](view)).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton
          kind={model.primary === 'resume' ? 'primary' : 'plain'}
          name="intent"
          value="save"
          pending={t('button.resuming')}
        >
          {t('button.resume')}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  )
}
