import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { continueGuide } from '#lib/server/actions/guide.ts'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { OpenTeamleader } from './open-teamleader.tsx'

/** A step that is done when somebody says so; « Continuer » names what comes next. */
export const StepForm = async ({ page, children }: { page: GuidePage; children: ReactNode }) => {
  const [t, messages] = await Promise.all([
    getTranslations('guide'),
    formMessages('/administratif/guide', ['integration_name_length', 'short_description_length', 'not_admin']),
  ])
  return (
    <FormScope key={page.open} action={continueGuide} labels={messages}>
      <ActionForm id="step">
        <FormNotice />
        <input type="hidden" name="step" value={page.open} />
        {children}
        <div className="actions">
          <SubmitButton kind="primary" pending={t('pending')}>
            {t('onward', { next: t(`steps.${page.next}.next`) })}
          </SubmitButton>
          {page.open === 'sign_in' ? null : <OpenTeamleader url={page.teamleaderUrl} />}
        </div>
      </ActionForm>
    </FormScope>
  )
}
