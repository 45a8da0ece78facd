import { getTranslations } from 'next-intl/server'
import { dateAndTime } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { resumeAllRestored } from '#lib/server/actions/support.ts'
import type { SupportPage } from '#lib/server/loaders/support/support-page.ts'

/** What came from a backup waits for a decision: one for all of it. */
export const RestoredConnections = async ({ restored: { count, from } }: Pick<SupportPage, 'restored'>) => {
  if (from === null) return null
  const [t, messages] = await Promise.all([getTranslations('console.restored'), formMessages('/support', [])])
  return (
    <section className="notice" data-tone="warn" aria-labelledby="restored">
      <StateIcon state="restored" />
      <div>
        <p id="restored">
          <strong>{t('title', { count, date: await dateAndTime(from) })}</strong>
        </p>
        <p>{t('text')}</p>
      </div>
      <FormScope action={resumeAllRestored} labels={messages}>
        <ActionForm id="resume-all-restored" className="actions">
          <FormNotice />
          <SubmitButton kind="primary" pending={t('resuming')}>
            {t('all')}
          </SubmitButton>
        </ActionForm>
      </FormScope>
    </section>
  )
}
