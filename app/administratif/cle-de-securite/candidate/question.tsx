import { whenInline } from '#app/_ui/display/date.tsx'
import { GuideLink } from '#app/_ui/display/guide-link.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import type { CandidateView } from '#lib/domain/connections/connection-view.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { Accounts } from './accounts.tsx'
import { AnswerButtons } from './answer-buttons.tsx'
import { Asked } from './asked.tsx'

interface Props {
  page: KeyPage
  candidate: CandidateView
}

/** Which account shall be connected: nothing changes before the answer. */
export const Question = async ({ page, candidate }: Props) => {
  const t = await providerMessages(page.wording)
  const { account, question, id } = candidate
  const { connection } = page.view
  const code = page.problem?.code
  const asked = {
    first: {
      title: t('question.first', { account: account ? `${account.name}, ${account.email}` : t('fact.unknown') }),
      text: t('question.firstText'),
    },
    replace: { title: t('question.replace'), text: t('question.replaceText') },
    identity: { title: t('question.unverified'), text: code ? t(`failures.${code}.cause`) : '' },
  }[question]
  return (
    <Asked key={id} labelledBy="question-title">
      <h3 id="question-title">{asked.title}</h3>
      <p>{asked.text}</p>
      {question === 'identity' && code ? (
        <p>
          {t(`failures.${code}.fix`)} <GuideLink code={code} page={page} />
        </p>
      ) : null}
      {question === 'identity' && !connection ? null : (
        <Accounts current={question === 'first' ? undefined : connection?.account} candidate={account} />
      )}
      <ActionForm id="answer">
        <input type="hidden" name="candidateId" value={id} />
        <input type="hidden" name="accountId" value={account?.id ?? ''} />
        <AnswerButtons page={page} candidate={candidate} />
      </ActionForm>
      <p className="faint">{t('question.forgotten', { when: await whenInline(candidate.forgottenAt, page.now) })}</p>
    </Asked>
  )
}
