import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { repairLabel } from './repair-button.tsx'

/** « Enregistrer », which also tries: always where the form ends, in the words of what it repairs. */
export const SaveButton = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const t = await providerMessages(page.wording)
  const { problem } = page
  const label = problem && model.repair === 'save' ? await repairLabel(page, problem, model) : t('button.save')
  return (
    <SubmitButton
      kind={model.primary === 'save' ? 'primary' : 'plain'}
      form={sectionForms[page.provider].id}
      name="intent"
      value="save"
      pending={t('button.saving')}
      pendingWith={{ field: 'authCode', text: t('button.checking') }}
    >
      {label}
    </SubmitButton>
  )
}
