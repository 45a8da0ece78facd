import { getTranslations } from 'next-intl/server'
import { PasskeyButton } from '#app/_ui/factors/passkey-button.tsx'
import { RecoveryCodes } from '#app/_ui/factors/recovery-codes.tsx'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { readConfirms } from '#app/_ui/forms/read-confirms.ts'
import { addPasskey, askNewPasskey } from '#lib/server/actions/second-factor.ts'
import type { Enrolment } from '#lib/server/loaders/factors/factor-pages.ts'
import { codeLabels } from './code-labels.ts'

/** « Ajouter une clé d'accès »: the browser makes it, which takes script. */
export const PasskeyForm = async ({ onward }: Enrolment) => {
  const [t, messages, confirms, labels] = await Promise.all([
    getTranslations('enrolment'),
    formMessages('/mon-compte/second-facteur', [
      'name_missing',
      'passkey_refused',
      'confirmation_needed',
      'confirmation_wrong',
    ]),
    readConfirms(),
    codeLabels(),
  ])
  return (
    <section className="section" aria-labelledby="enrol-passkey">
      <div className="section-head">
        <h2 id="enrol-passkey">{t('passkey')}</h2>
        <p>{t('passkeyHelp')}</p>
      </div>
      <FormScope action={addPasskey} labels={messages} prefix="passkey-" keeps={false}>
        <RecoveryCodes labels={labels} onward={onward} />
        <ActionForm id="passkey-form" className="form flush until-added">
          <FormNotice />
          <TextField name="name" label={t('passkeyName')} help={t('passkeyNameHelp')} />
          <Confirmation {...confirms} pressed="intent" />
          <div className="form-foot row">
            <div className="actions">
              <PasskeyButton
                ask={askNewPasskey}
                makes
                name="intent"
                value="add"
                label={t('addPasskey')}
                pending={t('passkeyPending')}
                givenUp={t('givenUp')}
              />
              <noscript>{t('needsScript')}</noscript>
            </div>
          </div>
        </ActionForm>
      </FormScope>
    </section>
  )
}
