import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { answerFailures } from '#app/administratif/_connection/contract.ts'
import { confirmCandidate } from '#lib/server/actions/key.ts'

/** Asks again whose account it is, for a connection that already works. */
export const IdentifyForm = async ({ primary }: { primary: boolean }) => {
  const [t, messages] = await Promise.all([
    getTranslations('question'),
    formMessages('/administratif/cle-de-securite', answerFailures),
  ])
  return (
    <FormScope action={confirmCandidate} labels={messages}>
      <ActionForm id="identify" className="flat">
        <FormNotice />
        <SubmitButton kind={primary ? 'primary' : 'plain'} name="answer" value="identify" pending={t('retrying')}>
          {t('retry')}
        </SubmitButton>
      </ActionForm>
    </FormScope>
  )
}
