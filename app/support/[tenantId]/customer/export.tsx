import { Download } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { prepareExport } from '#lib/server/actions/tenants.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'
import { ConfirmedForm } from './confirmed-form.tsx'

/** All that is kept of the customer, as a file; to have it, one proves who one is. */
export const Export = async ({ tenant, customer, now }: Pick<TenantPage, 'tenant' | 'customer' | 'now'>) => {
  const t = await getTranslations('console.customer.export')
  const { exportedAt, confirmed } = customer
  return (
    <div className="part">
      <h3>{t('title')}</h3>
      <p className="help">{t('help')}</p>
      {confirmed ? (
        <>
          <p className="confirmed">
            <a className="button" href={`/support/${tenant.id}/export`} download>
              <Download className="icon" aria-hidden="true" /> {t('download')}
            </a>
          </p>
          <p className="help" role="status">
            {t('confirmed')}
          </p>
        </>
      ) : (
        <ConfirmedForm id="prepare-export" tenantId={tenant.id} action={prepareExport}>
          <div className="actions">
            <SubmitButton pending={t('pending')}>{t('confirm')}</SubmitButton>
          </div>
        </ConfirmedForm>
      )}
      {exportedAt ? <p className="help">{t('last', { when: await whenInline(exportedAt, now) })}</p> : null}
    </div>
  )
}
