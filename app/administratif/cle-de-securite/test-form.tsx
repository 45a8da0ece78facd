import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/action-form.tsx'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import { FormScope } from '#app/_ui/form-scope.tsx'
import { formWords } from '#app/_ui/form-words.ts'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import type { ConnectionView } from '#lib/domain/connection-view.ts'
import { testTlGroup } from './actions.ts'
import { lastTestId, testFailures } from './contract.ts'
import { TestNote } from './test-note.tsx'

interface Props {
  lastTest: ConnectionView['lastTest']
  solid: boolean
}

/** « Tester la connexion », and in one line what came of it. */
export const TestForm = async ({ lastTest, solid }: Props) => {
  const [t, words] = await Promise.all([getTranslations(), formWords('/administratif/cle-de-securite', testFailures)])
  const reads = lastTest?.reads ?? []
  const answered = reads.filter(({ failure }) => failure === null).length
  return (
    <FormScope action={testTlGroup} words={words}>
      <ActionForm id="test" className="flat">
        <SubmitButton kind={solid ? 'primary' : 'plain'} pending={t('button.testing')}>
          {t('button.test')}
        </SubmitButton>
        <FormNotice />
        <TestNote fold={lastTestId} see={t('test.see')}>
          {t('test.done', { answered, total: reads.length })}
        </TestNote>
      </ActionForm>
    </FormScope>
  )
}
