import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import type { CandidateView } from '#lib/domain/connection-view.ts'
import type { KeyPage } from '#lib/server/key-page.ts'
import { formId } from './contract.ts'
import type { Plan } from './plan.ts'

interface Props {
  page: KeyPage
  candidate: CandidateView
  plan: Plan
}

/** The answers to a question; the solid one is what the failure, or the absence of one, suggests. */
export const AnswerButtons = async ({ page, candidate, plan }: Props) => {
  const [t, button] = await Promise.all([getTranslations('question'), getTranslations('button')])
  const { question, maySkip } = candidate
  const remedy = page.problem?.remedy
  const current = page.view.connection
  const keep = current
    ? current.account
      ? t('keep', { name: current.account.name })
      : t('keepUnknown')
    : t('keepNothing')
  return (
    <div className="actions">
      {question === 'identity' ? (
        <>
          {maySkip ? (
            <SubmitButton
              kind={remedy === 'skip_identity' ? 'primary' : 'plain'}
              name="answer"
              value="skip_identity"
              pending={t('answering')}
            >
              {t('skip')}
            </SubmitButton>
          ) : null}
          {plan.repair === 'connect' ? (
            <SubmitButton kind="primary" form={formId} name="intent" value="connect" pending={t('answering')}>
              {button('restart')}
            </SubmitButton>
          ) : (
            <SubmitButton
              kind={remedy === 'identify' ? 'primary' : 'plain'}
              name="answer"
              value="identify"
              pending={t('retrying')}
            >
              {t('retry')}
            </SubmitButton>
          )}
        </>
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
        {keep}
      </SubmitButton>
    </div>
  )
}
