import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { settingsFailures } from '#app/administratif/_connection/contract.ts'
import { CredentialFields } from '#app/administratif/_connection/credential-fields.tsx'
import { submitTlGroup } from '#lib/server/actions/key.ts'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { Drawing, DrawnField, Screen } from '../drawings/drawing.tsx'
import { OpenTeamleader } from './open-teamleader.tsx'
import { StoredSettings } from './saved-settings.tsx'

/** The two values, pasted here: the form is that of « Clé de sécurité ». */
export const CredentialsStep = async ({ page }: { page: GuidePage }) => {
  const [t, messages] = await Promise.all([getTranslations(), formMessages('/administratif/guide', settingsFailures)])
  const step = 'guide.steps.credentials'
  return (
    <FormScope key={page.open} action={submitTlGroup} labels={messages}>
      <ActionForm id="step">
        <FormNotice />
        <p>{t(`${step}.text`)}</p>
        <Drawing label={t(`${step}.drawing`)}>
          <Screen host="marketplace.focus.teamleader.eu">
            <p className="drawn-title">{t('guide.drawn.credentials')}</p>
            <DrawnField n={1} label={t('guide.drawn.clientId')}>
              {t('guide.drawn.sample')}
            </DrawnField>
            <DrawnField n={2} label={t('guide.drawn.clientSecret')}>
              •••••••• <u>{t('guide.drawn.show')}</u>
            </DrawnField>
          </Screen>
        </Drawing>
        <StoredSettings page={page} />
        <div className="marked-fields">
          <CredentialFields page={page.key} faultAt={() => undefined} />
        </div>
        <div className="actions">
          <SubmitButton kind="primary" name="intent" value="save" pending={t('button.saving')}>
            {t('guide.onward', { next: t('guide.steps.connect.next') })}
          </SubmitButton>
          <OpenTeamleader url={page.teamleaderUrl} />
        </div>
      </ActionForm>
    </FormScope>
  )
}
