import { randomUUID } from 'node:crypto'
import { getTranslations } from 'next-intl/server'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { addTenant } from '#lib/server/actions/tenants.ts'

/** « Ajouter un client »; then its page, where its first admin is invited. */
export const AddTenant = async () => {
  const [t, messages] = await Promise.all([
    getTranslations('newTenant'),
    formMessages('/support/nouveau', ['tenant_name_missing', 'ref_malformed', 'ref_taken']),
  ])
  return (
    <FormScope action={addTenant} labels={messages}>
      <ActionForm id="add-tenant">
        <FormNotice />
        <input type="hidden" name="id" value={randomUUID()} />
        <TextField name="name" label={t('name')} />
        <TextField name="ref" label={t('ref')} optional={t('optional')} help={t('refHelp')} mono />
        <div className="form-foot row">
          <div className="actions">
            <SubmitButton kind="primary" pending={t('pending')}>
              {t('submit')}
            </SubmitButton>
          </div>
        </div>
      </ActionForm>
    </FormScope>
  )
}
