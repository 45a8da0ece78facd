import { getTranslations } from 'next-intl/server'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { languages } from '#app/_ui/layout/language-names.ts'
import { linkDeliveryLabels } from '#app/_ui/links/link-delivery-messages.ts'
import { InviteForm } from '#app/_ui/users/invite-form.tsx'
import { inviteFirstAdmin } from '#lib/server/actions/tenants.ts'
import { readFirstAdmin } from '#lib/server/loaders/support/first-admin.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

/** The way in for a customer's first admin, while none has ever come in; from then on admins invite. */
export const FirstAdmin = async ({ tenant: { id } }: Pick<TenantPage, 'tenant'>) => {
  const place = await readFirstAdmin(id)
  if (!place) return null
  const mailed = place.by === 'mail'
  const [t, labels, delivery, confirms] = await Promise.all([
    getTranslations('firstAdmin'),
    formMessages(`/support/${id}`, [
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
  const words = {
    ...{ title: t('title'), help: t(mailed ? 'mailed' : 'shown'), email: t('email'), name: t('name') },
    ...{ submit: t(mailed ? 'submit' : 'submitShown'), pending: t(mailed ? 'pending' : 'pendingShown') },
  }
  return (
    <InviteForm
      id="first-admin"
      action={inviteFirstAdmin}
      delivery={{ ...delivery, done: { invited: t('done') } }}
      {...{ labels, words, confirms }}
    >
      <input type="hidden" name="tenantId" value={id} />
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
    </InviteForm>
  )
}
