import { getTranslations } from 'next-intl/server'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { languages } from '#app/_ui/layout/language-names.ts'
import { LinkDelivery } from '#app/_ui/links/link-delivery.tsx'
import { linkDeliveryLabels } from '#app/_ui/links/link-delivery-messages.ts'
import { inviteFirstAdmin } from '#lib/server/actions/tenants.ts'
import { readFirstAdmin } from '#lib/server/loaders/support/first-admin.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

const Form = async ({ tenantId, mailed }: { tenantId: string; mailed: boolean }) => {
  const [t, messages, delivery, confirms] = await Promise.all([
    getTranslations('firstAdmin'),
    formMessages(`/support/${tenantId}`, [
      'email_malformed',
      'person_name_missing',
      'confirmation_needed',
      'confirmation_wrong',
      'passkey_refused',
      'had_admin',
      'first_admin_unsent',
      'mails_throttled',
    ]),
    linkDeliveryLabels(),
    readConfirms(),
  ])
  return (
    <FormScope action={inviteFirstAdmin} labels={messages}>
      <ActionForm id="first-admin">
        <FormNotice />
        <LinkDelivery labels={{ ...delivery, done: { invited: t('done') } }} />
        <input type="hidden" name="tenantId" value={tenantId} />
        <TextField name="email" type="email" label={t('email')} />
        <TextField name="name" label={t('name')} />
        <div className="field row" role="radiogroup" aria-labelledby="first-admin-language">
          <span className="label" id="first-admin-language">
            {t('language')}
          </span>
          <div>
            <div className="choices">
              {languages.map(([locale, label]) => (
                <label key={locale} lang={locale}>
                  <input type="radio" name="locale" value={locale} defaultChecked={locale === 'fr'} />
                  <span>{label}</span>
                </label>
              ))}
            </div>
          </div>
        </div>
        <Confirmation {...confirms} />
        <div className="form-foot row">
          <div className="actions">
            <SubmitButton kind="primary" pending={t(mailed ? 'pending' : 'pendingShown')}>
              {t(mailed ? 'submit' : 'submitShown')}
            </SubmitButton>
          </div>
        </div>
      </ActionForm>
    </FormScope>
  )
}

/** The way in for a customer's first admin, while none has ever come in; from then on admins invite. */
export const FirstAdmin = async ({ tenant: { id } }: Pick<TenantPage, 'tenant'>) => {
  const [place, t] = await Promise.all([readFirstAdmin(id), getTranslations('firstAdmin')])
  if (!place) return null
  return (
    <section className="invite" aria-labelledby="first-admin-title">
      <h2 id="first-admin-title">{t('title')}</h2>
      <p className="help">{t(place.by === 'mail' ? 'mailed' : 'shown')}</p>
      <Form tenantId={id} mailed={place.by === 'mail'} />
    </section>
  )
}
