import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { unarchiveTenant } from '#lib/server/actions/tenants.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

/** Says that a customer is archived, and what that means; the way back is beside it. */
export const Archived = async ({ tenant, now }: Pick<TenantPage, 'tenant' | 'now'>) => {
  if (!tenant.archivedAt) return null
  const [t, messages, when] = await Promise.all([
    getTranslations('console.archived'),
    formMessages(`/support/${tenant.id}`, ['tenant_changed']),
    whenInline(tenant.archivedAt, now),
  ])
  return (
    <section className="notice" data-tone="neutral" aria-labelledby="archived">
      <StateIcon state="paused" />
      <div>
        <p id="archived">
          <strong>{t('title', { when })}</strong>
        </p>
        <p>{t('text')}</p>
        <p>{t('backHelp')}</p>
      </div>
      <FormScope action={unarchiveTenant} labels={messages} keeps={false}>
        <ActionForm id="unarchive" className="actions">
          <FormNotice />
          <input type="hidden" name="tenantId" value={tenant.id} />
          <SubmitButton kind="primary" pending={t('backPending')}>
            {t('back')}
          </SubmitButton>
        </ActionForm>
      </FormScope>
    </section>
  )
}
