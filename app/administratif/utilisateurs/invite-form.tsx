import { getTranslations } from 'next-intl/server'
import { TextField } from '#app/_ui/fields/text-field.tsx'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation, type Confirms } from '#app/_ui/forms/confirmation.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { LinkDelivery } from '#app/_ui/links/link-delivery.tsx'
import { linkDeliveryLabels } from '#app/_ui/links/link-delivery-messages.ts'
import { inviteUser } from '#lib/server/actions/users.ts'
import { RoleChoice } from './role-choice.tsx'

const failures = [
  'not_admin',
  'email_malformed',
  'person_name_missing',
  'role_missing',
  'user_known',
  'invitation_unsent',
  'mails_throttled',
  'confirmation_needed',
  'confirmation_wrong',
] as const

export const InviteForm = async ({ mailed, confirms }: { mailed: boolean; confirms: Confirms }) => {
  const [t, messages, delivery] = await Promise.all([
    getTranslations('users'),
    formMessages('/administratif/utilisateurs', failures),
    linkDeliveryLabels(),
  ])
  const roles = (['reader', 'admin'] as const).map((role) => ({
    role,
    label: t(`roles.${role}`),
    help: t(`roleHelp.${role}`),
  }))
  return (
    <section className="invite" aria-labelledby="invite-title">
      <h2 id="invite-title">{t('invite')}</h2>
      <p className="help">{t(mailed ? 'inviteMailed' : 'inviteShown')}</p>
      <FormScope action={inviteUser} labels={messages}>
        <ActionForm id="invite">
          <FormNotice />
          <LinkDelivery labels={delivery} />
          <TextField name="email" type="email" label={t('email')} />
          <TextField name="name" label={t('name')} />
          <RoleChoice label={t('role')} roles={roles} />
          <Confirmation {...confirms} />
          <div className="form-foot row">
            <div className="actions">
              <SubmitButton kind="primary" pending={t('submitting')}>
                {t(mailed ? 'submit' : 'submitShown')}
              </SubmitButton>
            </div>
          </div>
        </ActionForm>
      </FormScope>
    </section>
  )
}
