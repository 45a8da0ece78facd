import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { resendDelivery } from '#lib/server/actions/deliveries.ts'
import { readDeliveryLog } from '#lib/server/loaders/notifications/delivery-log.ts'
import { DeliveryRow } from './delivery-row.tsx'

/** The mails and events that went out about a tenant, and « Renvoyer »; stands in a `main.wide`. */
export const Deliveries = async ({ tenantId }: { tenantId: TenantId }) => {
  const [{ deliveries, now }, t, labels] = await Promise.all([
    readDeliveryLog(tenantId),
    getTranslations('alert.log'),
    formMessages(`/support/${tenantId}`, ['delivery_gone']),
  ])
  return (
    <section aria-labelledby="deliveries-title">
      <h2 id="deliveries-title">{t('title')}</h2>
      {deliveries.length === 0 ? (
        <p className="help">{t('empty')}</p>
      ) : (
        <FormScope action={resendDelivery} labels={labels}>
          <ActionForm id="deliveries" className="flat">
            <input type="hidden" name="tenantId" value={tenantId} />
            <FormNotice />
            <table>
              <caption className="visually-hidden">{t('caption')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('when')}</th>
                  <th scope="col">{t('what')}</th>
                  <th scope="col">{t('outcome')}</th>
                  <th scope="col">{t('attempts')}</th>
                  <th scope="col">
                    <span className="visually-hidden">{t('resend')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {deliveries.map((delivery) => (
                  <DeliveryRow key={delivery.id} delivery={delivery} now={now} />
                ))}
              </tbody>
            </table>
          </ActionForm>
        </FormScope>
      )}
    </section>
  )
}
