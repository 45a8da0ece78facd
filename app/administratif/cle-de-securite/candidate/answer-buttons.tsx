import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { CandidateView } from '#lib/domain/connections/connection-view.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { IdentityAnswers } from './identity-answers.tsx'

/** The answers to a question: the way on first, the way back last. */
export const AnswerButtons = async ({ page, candidate }: { page: KeyPage; candidate: CandidateView }) => {
  const t = await getTranslations('question')
  const { question } = candidate
  const current = page.view.connection
  const named = current?.account ? t('keep', { name: current.account.name }) : t('keepUnknown')
  return (
    <div className="actions">
      {question === 'identity' ? (
        <IdentityAnswers page={page} maySkip={candidate.maySkip} />
      ) : (
        <SubmitButton kind="primary" name="answer" value="accept" pending={t('answering')}>
          {question === 'replace' ? t('acceptReplace') : t('accept')}
        </SubmitButton>
      )}
      <SubmitButton
        kind={question === 'identity' ? 'quiet' : 'plain'}
        name="answer"
        value="keep"
        pending={t('answering')}
      >
        {current ? named : t('keepNothing')}
      </SubmitButton>
    </div>
  )
}
