import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { connectIntent, formId } from '#app/administratif/_connection/contract.ts'
import type { Through } from '#lib/domain/connections/connection-view.ts'

/** What can be done with a code that has come: right under the word that it has, and why it waits. */
export const CodeButtons = async ({ through }: { through: Through }) => {
  const [t, help] = await Promise.all([getTranslations('button'), getTranslations('help')])
  return (
    <>
      <p className="hero-actions">{help('codeReceivedWhy')}</p>
      <div className="hero-actions actions">
        <SubmitButton kind="primary" form={formId} name="intent" value="save" pending={t('checking')}>
          {t('save')}
        </SubmitButton>
        <SubmitButton form={formId} name="intent" value={connectIntent[through]} pending={t('leaving')}>
          {t('restart')}
        </SubmitButton>
        <SubmitButton kind="quiet" form={formId} name="intent" value="forget_code" pending={t('forgetting')}>
          {t('forgetCode')}
        </SubmitButton>
      </div>
    </>
  )
}
