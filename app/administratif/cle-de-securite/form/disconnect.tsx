import { ConfirmDialog, KeepButton } from '#app/_ui/display/confirm-dialog.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { DoneNotice } from '#app/_ui/forms/done-notice.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** What stops, what stays, and what only the provider itself can do. */
const Consequences = async ({ wording }: Pick<KeyPage, 'wording'>) => {
  const t = await providerMessages(wording)
  return (
    <dl>
      {(['stops', 'stays', 'elsewhere'] as const).map((part) => (
        <div key={part}>
          <dt>{t(`disconnect.${part}`)}</dt>
          <dd>{t(`disconnect.${part}Text`)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** « Déconnecter » asks first, in a dialog; what was done is told where it was asked. */
export const Disconnect = async ({ page: { provider, wording, view } }: { page: KeyPage }) => {
  const { prefix, disconnect } = sectionForms[provider]
  const [t, messages] = await Promise.all([
    providerMessages(wording),
    formMessages('/administratif/cle-de-securite', ['not_admin'], wording),
  ])
  if (!disconnect) return null
  const dialogId = `${prefix}disconnect-question`
  const titleId = `${prefix}disconnect-title`
  return (
    <FormScope action={disconnect} labels={{ ...messages, saved: t('disconnect.done') }}>
      {view.connection ? (
        <ConfirmDialog id={dialogId} titleId={titleId} open={t('button.disconnect')} kind="danger aside">
          <h3 id={titleId}>{t('disconnect.title')}</h3>
          <Consequences wording={wording} />
          <ActionForm id={`${prefix}disconnect`}>
            <FormNotice />
            <div className="actions">
              <SubmitButton kind="danger" pending={t('disconnect.pending')}>
                {t('disconnect.confirm')}
              </SubmitButton>
              <KeepButton dialog={dialogId}>{t('disconnect.keep')}</KeepButton>
            </div>
          </ActionForm>
        </ConfirmDialog>
      ) : (
        <DoneNotice />
      )}
    </FormScope>
  )
}
