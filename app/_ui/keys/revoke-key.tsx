import { getTranslations } from 'next-intl/server'
import { ConfirmDialog, KeepButton } from '../display/confirm-dialog.tsx'
import { ActionForm } from '../forms/action-form.tsx'
import type { FormMessages } from '../forms/form-context.ts'
import { FormNotice } from '../forms/form-notice.tsx'
import { type FormAction, FormScope } from '../forms/form-scope.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

interface Props {
  prefix: string
  name: string
  revoke: FormAction
  messages: FormMessages
}

/** Asks first: the program that uses the key is refused from then on. */
export const RevokeKey = async ({ prefix, name, revoke, messages }: Props) => {
  const t = await getTranslations('apiKeys')
  const dialogId = `revoke-${prefix}`
  const titleId = `${dialogId}-title`
  const open = (
    <>
      {t('revoke')} <span className="visually-hidden">{name}</span>
    </>
  )
  return (
    <FormScope action={revoke} labels={messages} prefix={`${prefix}-`} keeps={false}>
      <ConfirmDialog id={dialogId} titleId={titleId} open={open}>
        <h3 id={titleId}>{t('revokeTitle', { name })}</h3>
        <p>{t('revokeText')}</p>
        <ActionForm id={`${dialogId}-form`}>
          <input type="hidden" name="prefix" value={prefix} />
          <FormNotice />
          <div className="actions">
            <SubmitButton kind="danger" pending={t('revoking')}>
              {t('revokeConfirm')}
            </SubmitButton>
            <KeepButton dialog={dialogId}>{t('keep')}</KeepButton>
          </div>
        </ActionForm>
      </ConfirmDialog>
    </FormScope>
  )
}
