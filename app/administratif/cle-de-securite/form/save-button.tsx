import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { repairLabel } from './repair-button.tsx'

/** « Enregistrer », which also tries; not where it already stands at the problem. */
export const SaveButton = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const t = await providerMessages(page.provider)
  const { problem } = page
  const beside = model.placement === 'field' || model.placement === 'facts'
  const taken = problem && model.repair && beside ? await repairLabel(page, problem, model) : null
  if (taken === t('button.save')) return null
  return (
    <SubmitButton
      kind={model.primary === 'save' ? 'primary' : 'plain'}
      form={sectionForms[page.provider].id}
      name="intent"
      value="save"
      pending={t('button.saving')}
    >
      {t('button.save')}
    </SubmitButton>
  )
}
