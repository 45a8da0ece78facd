import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { Confirmation, type Confirms } from '#app/_ui/forms/confirmation.tsx'
import type { FormMessages } from '#app/_ui/forms/form-context.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { LinkDelivery, type LinkDeliveryLabels } from '#app/_ui/links/link-delivery.tsx'
import type { FormState } from '#lib/domain/form-state.ts'
import type { UserListItem, UserOperation } from '#lib/server/loaders/accounts/users-page.ts'

interface Props {
  action: (previous: FormState, form: FormData) => Promise<FormState>
  user: UserListItem
  alone: boolean
  mailed: boolean
  messages: FormMessages
  delivery: LinkDeliveryLabels
  confirms: Confirms
}

/** Without a mail server a link is made and shown, not sent. */
const labelOf = (action: UserOperation, mailed: boolean) =>
  action === 'invite_again' && !mailed ? 'make_again' : action

/** What can be done to a user; it depends on what the page shows of them. */
export const UserActions = async ({ action: manage, user, alone, mailed, messages, delivery, confirms }: Props) => {
  const t = await getTranslations('users')
  const { id, name, role, state, isMe, actions } = user
  const buttons = actions.filter((action) => action !== 'erase')
  return (
    <FormScope action={manage} labels={messages} prefix={`${id}-`}>
      <ActionForm id={`person-${id}`} className="user-actions">
        <input type="hidden" name="userId" value={id} />
        <input type="hidden" name="seenRole" value={role} />
        <input type="hidden" name="seenState" value={state} />
        <div className="actions">
          {buttons.map((action) => (
            <SubmitButton key={action} kind="quiet" name="operation" value={action} pending={t('pending')}>
              {t(`action.${labelOf(action, mailed)}`)} <span className="visually-hidden">{name}</span>
            </SubmitButton>
          ))}
        </div>
        {actions.includes('erase') ? (
          <details>
            <summary>
              {t('erase.summary')} <span className="visually-hidden">{name}</span>
            </summary>
            <p className="help">{t('erase.help')}</p>
            <SubmitButton kind="danger" name="operation" value="erase" pending={t('pending')}>
              {t('action.erase')} <span className="visually-hidden">{name}</span>
            </SubmitButton>
          </details>
        ) : null}
        {isMe && role !== 'support' ? <p className="help">{t(alone ? 'youAlone' : 'youToo')}</p> : null}
        <Confirmation {...confirms} pressed="operation" />
        <FormNotice />
        <LinkDelivery labels={delivery} />
      </ActionForm>
    </FormScope>
  )
}
