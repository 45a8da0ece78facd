import { getTranslations } from 'next-intl/server'
import { RecoveryCodes } from '#app/_ui/factors/recovery-codes.tsx'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { addTotp } from '#lib/server/actions/second-factor.ts'
import type { Enrolment } from '#lib/server/loaders/factors/factor-pages.ts'
import { codeLabels } from './code-labels.ts'
import { Offer } from './totp-offer.tsx'

/** « Installer l'application »: works without script. */
export const TotpForm = async ({ offer, onward }: Enrolment) => {
  const [t, messages, confirms, labels] = await Promise.all([
    getTranslations('enrolment'),
    formMessages('/mon-compte/second-facteur', ['code_wrong', 'confirmation_needed', 'confirmation_wrong']),
    readConfirms(),
    codeLabels(),
  ])
  return (
    <section className="section" aria-labelledby="enrol-app">
      <div className="section-head">
        <h2 id="enrol-app">{t('app')}</h2>
        <p>{t('appHelp')}</p>
      </div>
      <FormScope action={addTotp} labels={messages} keeps={false}>
        <RecoveryCodes labels={labels} onward={onward} />
        <ActionForm id="totp-form" className="form flush until-added">
          <FormNotice />
          <Offer {...offer} labels={{ read: t('read'), qr: t('qr'), noCamera: t('noCamera') }} />
          <TextField name="code" label={t('code')} help={t('codeHelp')} mono autoComplete="one-time-code" />
          <Confirmation {...confirms} />
          <div className="form-foot row">
            <div className="actions">
              <SubmitButton kind="primary" pending={t('pending')}>
                {t('confirm')}
              </SubmitButton>
            </div>
          </div>
        </ActionForm>
      </FormScope>
    </section>
  )
}
