import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { testFailures } from '#app/administratif/_connection/contract.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { lastTestId } from '../status/last-test.tsx'
import { TestNote } from './test-note.tsx'

/** « Tester la connexion », and in one line what came of it. */
export const TestForm = async ({ page: { provider, view }, primary }: { page: KeyPage; primary: boolean }) => {
  const [t, messages] = await Promise.all([
    providerMessages(provider),
    formMessages('/administratif/cle-de-securite', testFailures, provider),
  ])
  const { prefix, test } = sectionForms[provider]
  const reads = view.lastTest?.reads ?? []
  const answered = reads.filter(({ failure }) => failure === null).length
  return (
    <FormScope action={test} labels={messages}>
      <ActionForm id={`${prefix}test`} className="flat">
        <SubmitButton kind={primary ? 'primary' : 'plain'} pending={t('button.testing')}>
          {t('button.test')}
        </SubmitButton>
        <FormNotice />
        <TestNote fold={lastTestId(provider)} see={t('test.see')}>
          {t('test.done', { answered, total: reads.length })}
        </TestNote>
      </ActionForm>
    </FormScope>
  )
}
