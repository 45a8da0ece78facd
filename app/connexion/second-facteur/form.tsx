import { getTranslations } from 'next-intl/server'
import { PasskeyButton } from '#app/_ui/factors/passkey-button.tsx'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { FactorKind } from '#lib/domain/factors/factor.ts'
import { askPasskey, enterFactor } from '#lib/server/actions/second-factor.ts'

const failures = ['code_wrong', 'recovery_code_wrong', 'passkey_refused'] as const

export const FactorForm = async ({ by, passkey, next }: { by: FactorKind; passkey: boolean; next: string }) => {
  const [t, messages] = await Promise.all([
    getTranslations('secondFactor'),
    formMessages('/connexion/second-facteur', failures),
  ])
  return (
    <FormScope action={enterFactor} labels={messages} keeps={false}>
      <ActionForm id="second-factor">
        <FormNotice />
        <input type="hidden" name="next" value={next} />
        {by === 'passkey' ? null : (
          <>
            <TextField name="code" label={t(`field.${by}`)} mono autoComplete="one-time-code" />
            <SubmitButton kind="primary" name="by" value={by} pending={t('pending')}>
              {t('submit')}
            </SubmitButton>
          </>
        )}
        {passkey ? (
          <PasskeyButton
            ask={askPasskey}
            name="by"
            value="passkey"
            kind={by === 'passkey' ? 'primary' : 'plain'}
            label={t('usePasskey')}
            pending={t('passkeyPending')}
            givenUp={t('givenUp')}
          />
        ) : null}
        {by === 'passkey' ? <noscript>{t('needsScript')}</noscript> : null}
      </ActionForm>
    </FormScope>
  )
}
