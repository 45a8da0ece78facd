import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { formId } from '#app/administratif/_connection/contract.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** Asking again is the safe way on; going on unread is solid only where asking again is in vain. */
export const IdentityAnswers = async ({ page, maySkip }: { page: KeyPage; maySkip: boolean }) => {
  const [t, button] = await Promise.all([getTranslations('question'), getTranslations('button')])
  const code = page.problem?.code
  if (code === 'identity_unprovable')
    return (
      <SubmitButton kind="primary" form={formId} name="intent" value="connect" pending={button('leaving')}>
        {button('restart')}
      </SubmitButton>
    )
  const final = code === 'identity_refused'
  const retry = (
    <SubmitButton
      key="identify"
      kind={final ? 'plain' : 'primary'}
      name="answer"
      value="identify"
      pending={t('retrying')}
    >
      {t('retry')}
    </SubmitButton>
  )
  const skip = maySkip ? (
    <SubmitButton
      key="skip"
      kind={final ? 'primary' : 'plain'}
      name="answer"
      value="skip_identity"
      pending={t('answering')}
    >
      {t('skip')}
    </SubmitButton>
  ) : null
  return final ? [skip, retry] : [retry, skip]
}
