import { getTranslations } from 'next-intl/server'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation } from '#app/_ui/forms/confirmation.tsx'
import { DoneNotice } from '#app/_ui/forms/done-notice.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { languages } from '#app/_ui/layout/language-names.ts'
import { saveProfile } from '#lib/server/actions/my-account.ts'
import type { AccountPage } from '#lib/server/loaders/accounts/account-page.ts'
import { NewEmail } from './new-email.tsx'
import { TimeZone } from './time-zone.tsx'

const failures = [
  'name_missing',
  'email_malformed',
  'mail_missing',
  'mail_failed',
  'mails_throttled',
  'confirmation_needed',
  'confirmation_wrong',
] as const

/** « Vous »: who somebody is, and how they are spoken to. */
export const ProfileForm = async ({ page }: { page: AccountPage }) => {
  const { user, newEmail, now, timeZone, mailed } = page
  const [t, messages, confirms] = await Promise.all([
    getTranslations('account'),
    formMessages('/mon-compte', failures),
    readConfirms(),
  ])
  const role = user.role === 'support' ? t('support') : t(`role.${user.role}`, { tenant: user.tenantName })
  return (
    <section className="section" aria-labelledby="account-you">
      <div className="section-head">
        <h2 id="account-you">{t('you')}</h2>
        <p>{role}</p>
      </div>
      <FormScope action={saveProfile} labels={{ ...messages, saved: t('saved') }}>
        <ActionForm id="profile" className="form flush">
          <FormNotice />
          <DoneNotice />
          <TextField name="name" label={t('name')} value={user.name} autoComplete="name" />
          <TextField
            name="email"
            type="email"
            label={t('email')}
            value={user.email}
            autoComplete="email"
            help={mailed ? t('emailHelp') : t('emailFixed')}
          />
          <div className="field row" role="radiogroup" aria-labelledby="account-language">
            <span className="label" id="account-language">
              {t('language')}
            </span>
            <div>
              <div className="segments wrapping">
                {languages.map(([locale, label]) => (
                  <label key={locale} lang={locale}>
                    <input type="radio" name="locale" value={locale} defaultChecked={locale === user.locale} />
                    <span>{label}</span>
                  </label>
                ))}
              </div>
              <p className="help">{t('languageHelp')}</p>
            </div>
          </div>
          <TimeZone label={t('timeZone')} chosen={timeZone} now={now} />
          <Confirmation {...confirms} />
          <div className="form-foot row">
            <div className="actions">
              <SubmitButton kind="primary" pending={t('pending')}>
                {t('save')}
              </SubmitButton>
            </div>
          </div>
        </ActionForm>
      </FormScope>
      {newEmail ? <NewEmail newEmail={newEmail} now={now} /> : null}
    </section>
  )
}
