import { getTranslations } from 'next-intl/server'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SavedNote } from '#app/_ui/forms/saved-note.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { renameTenant } from '#lib/server/actions/tenants.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

/** What the customer is called, by people and by programs. */
export const Rename = async ({ tenant: { id, name, ref } }: Pick<TenantPage, 'tenant'>) => {
  const [t, messages] = await Promise.all([
    getTranslations('console.customer.rename'),
    formMessages(`/support/${id}`, ['tenant_name_missing', 'ref_malformed', 'ref_taken', 'tenant_changed']),
  ])
  return (
    <FormScope action={renameTenant} labels={messages} prefix="rename-">
      <ActionForm id="rename" stamp={`${name} ${ref ?? ''}`}>
        <h3>{t('title')}</h3>
        <FormNotice />
        <input type="hidden" name="tenantId" value={id} />
        <input type="hidden" name="seenName" value={name} />
        <input type="hidden" name="seenRef" value={ref ?? ''} />
        <TextField name="name" label={t('name')} value={name} />
        <TextField name="ref" label={t('ref')} optional={t('optional')} help={t('refHelp')} value={ref ?? ''} mono />
        <div className="form-foot row">
          <div className="actions">
            <SubmitButton pending={t('pending')}>{t('submit')}</SubmitButton>
            <SavedNote />
          </div>
        </div>
      </ActionForm>
    </FormScope>
  )
}
