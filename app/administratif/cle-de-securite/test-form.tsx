import { ActionForm } from '#app/_ui/action-form.tsx'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import { FormScope } from '#app/_ui/form-scope.tsx'
import { formWords } from '#app/_ui/form-words.ts'
import { providerWords } from '#app/_ui/provider-words.ts'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
import { testFailures } from './contract.ts'
import { lastTestId } from './last-test.tsx'
import { sectionForms } from './section-form.ts'
import { TestNote } from './test-note.tsx'

/** « Tester la connexion », and in one line what came of it. */
export const TestForm = async ({ page: { provider, view }, solid }: { page: KeyPage; solid: boolean }) => {
  const [t, words] = await Promise.all([
    providerWords(provider),
    formWords('/administratif/cle-de-securite', testFailures, provider),
  ])
  const { prefix, test } = sectionForms[provider]
  const reads = view.lastTest?.reads ?? []
  const answered = reads.filter(({ failure }) => failure === null).length
  return (
    <FormScope action={test} words={words}>
      <ActionForm id={`${prefix}test`} className="flat">
        <SubmitButton kind={solid ? 'primary' : 'plain'} pending={t('button.testing')}>
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
