import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { askTenants } from '#lib/server/actions/support.ts'
import { type AskPage, askHref } from '#lib/server/loaders/support/ask-page.ts'
import { hrefOf } from '#lib/server/loaders/support/support-query.ts'

/** One press sends all the requests that are shown, and no others. */
export const AskForm = async ({ page: { kind, query, asked } }: { page: AskPage }) => {
  if (asked.length === 0) return null
  const [t, messages] = await Promise.all([
    getTranslations('console.many'),
    formMessages(askHref(kind, query), ['mail_missing']),
  ])
  const [, filter = ''] = hrefOf({ ...query, open: null }).split('?')
  return (
    <FormScope action={askTenants} labels={messages} keeps={false}>
      <ActionForm id="ask-many" className="ask">
        <FormNotice />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="filter" value={filter} />
        <input type="hidden" name="ids" value={asked.map(({ place }) => place.id).join(',')} />
        <div className="actions">
          <SubmitButton kind="primary" pending={t('pending')}>
            {t('submit', { count: asked.length })}
          </SubmitButton>
        </div>
      </ActionForm>
    </FormScope>
  )
}
