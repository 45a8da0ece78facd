import { providerWords } from '#app/_ui/provider-words.ts'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
import type { Plan } from './plan.ts'
import { repairLabel } from './repair-button.tsx'
import { sectionForms } from './section-form.ts'

/** « Enregistrer », which also tries; not where it already stands at the problem. */
export const SaveButton = async ({ page, plan }: { page: KeyPage; plan: Plan }) => {
  const t = await providerWords(page.provider)
  const { problem } = page
  const beside = plan.spot === 'field' || plan.spot === 'facts'
  const taken = problem && plan.repair && beside ? await repairLabel(page, problem, plan) : null
  if (taken === t('button.save')) return null
  return (
    <SubmitButton
      kind={plan.solid === 'save' ? 'primary' : 'plain'}
      form={sectionForms[page.provider].id}
      name="intent"
      value="save"
      pending={t('button.saving')}
    >
      {t('button.save')}
    </SubmitButton>
  )
}
