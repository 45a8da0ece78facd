import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/action-form.tsx'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import { FormScope } from '#app/_ui/form-scope.tsx'
import { formWords } from '#app/_ui/form-words.ts'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
import { submitTlGroup } from './actions.ts'
import type { Plan } from './plan.ts'

/** Saves what is stored, switched on. */
export const ResumeForm = async ({ page, plan }: { page: KeyPage; plan: Plan }) => {
  const [t, words] = await Promise.all([
    getTranslations('button'),
    formWords('/administratif/cle-de-securite', ['edited_elsewhere']),
  ])
  const { view } = page
  return (
    <FormScope action={submitTlGroup} words={words}>
      <ActionForm id="resume" className="flat">
        <FormNotice />
        <input type="hidden" name="revision" value={view.revision} />
        <input type="hidden" name="enabled" value="on" />
        <input type="hidden" name="apiVersion" value="V2" />
        <input type="hidden" name="clientId" value={view.clientIdentifier} />
        <SubmitButton
          kind={plan.solid === 'resume' ? 'primary' : 'plain'}
          name="intent"
          value="save"
          pending={t('resuming')}
        >
          {t('resume')}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  )
}
