import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { archiveTenant } from '#lib/server/actions/tenants.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'
import { ConfirmedForm } from './confirmed-form.tsx'

/** « Archiver »: said first what it does, then done. */
export const Archive = async ({ tenant }: Pick<TenantPage, 'tenant'>) => {
  const t = await getTranslations('console.customer.archive')
  return (
    <div className="part">
      <h3>{t('title')}</h3>
      <p className="help">{t('help')}</p>
      <ConfirmedForm id="archive" tenantId={tenant.id} action={archiveTenant} codes={['tenant_changed']}>
        <details>
          <summary>{t('summary')}</summary>
          <p className="help">{t('what')}</p>
          <div className="actions">
            <SubmitButton kind="danger" pending={t('pending')}>
              {t('submit')}
            </SubmitButton>
          </div>
        </details>
      </ConfirmedForm>
    </div>
  )
}
