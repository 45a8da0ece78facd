import { getTranslations } from 'next-intl/server'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { eraseTenant } from '#lib/server/actions/tenants.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'
import { ConfirmedForm } from './confirmed-form.tsx'

const codes = ['tenant_name_differs', 'export_missing', 'tenant_changed'] as const

/** « Supprimer définitivement » an archived customer, once its data was taken along. */
export const Erase = async ({ tenant, customer }: Pick<TenantPage, 'tenant' | 'customer'>) => {
  const t = await getTranslations('console.customer.erase')
  return (
    <div className="part">
      <h3>{t('title')}</h3>
      <p className="help">{t('help')}</p>
      {customer.erasable ? (
        <ConfirmedForm id="erase" tenantId={tenant.id} action={eraseTenant} codes={codes}>
          <TextField name="name" label={t('name')} help={t('nameHelp')} />
          <div className="form-foot row">
            <div className="actions">
              <SubmitButton kind="danger" pending={t('pending')}>
                {t('submit')}
              </SubmitButton>
            </div>
          </div>
        </ConfirmedForm>
      ) : (
        <p>
          <strong>{t('first')}</strong>
        </p>
      )}
    </div>
  )
}
