import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { releaseEmail } from '#lib/server/actions/support.ts'
import type { TenantPage } from '#lib/server/loaders/support/tenant-page.ts'

/** Addresses of those who are deactivated: one can be used for another access once it is released. */
export const Released = async ({ tenant, gone }: Pick<TenantPage, 'tenant' | 'gone'>) => {
  if (gone.length === 0) return null
  const [t, messages, confirms] = await Promise.all([
    getTranslations('console.released'),
    formMessages(`/support/${tenant.id}`, [
      'user_changed',
      'confirmation_needed',
      'confirmation_wrong',
      'passkey_refused',
    ]),
    readConfirms(),
  ])
  return (
    <section aria-labelledby="released-title">
      <h2 id="released-title">{t('title')}</h2>
      <p className="help">{t('help')}</p>
      <ul className="lines">
        {gone.map(({ id, name, email }) => (
          <li key={id}>
            <strong>{name}</strong> <span className="faint">{email}</span>
            <FormScope action={releaseEmail} labels={messages} prefix={`${id}-`} keeps={false}>
              <ActionForm id={`release-${id}`} className="flat">
                <input type="hidden" name="tenantId" value={tenant.id} />
                <input type="hidden" name="userId" value={id} />
                <SubmitButton kind="quiet" pending={t('pending')}>
                  {t('release')} <span className="visually-hidden">{email}</span>
                </SubmitButton>
                <FormNotice />
                <Confirmation {...confirms} />
              </ActionForm>
            </FormScope>
          </li>
        ))}
      </ul>
    </section>
  )
}
