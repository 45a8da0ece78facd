import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { DoneNotice } from '#app/_ui/forms/done-notice.tsx'
import { formMessages } from '#app/_ui/forms/form-messages.ts'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { FormScope } from '#app/_ui/forms/form-scope.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'

/** What stops, what stays, and what only the provider itself can do. */
const Consequences = async ({ provider }: { provider: ProviderId }) => {
  const t = await providerMessages(provider)
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

/** « Déconnecter » asks first, in a popover of the browser's own; what was done is told where it was asked. */
export const Disconnect = async ({ page: { provider, view } }: { page: KeyPage }) => {
  const { prefix, disconnect } = sectionForms[provider]
  const [t, messages] = await Promise.all([
    providerMessages(provider),
    formMessages('/administratif/cle-de-securite', ['not_admin'], provider),
  ])
  if (!disconnect) return null
  const popoverId = `${prefix}disconnect-question`
  const titleId = `${prefix}disconnect-title`
  return (
    <FormScope action={disconnect} labels={{ ...messages, saved: t('disconnect.done') }}>
      {view.connection ? (
        <>
          {/* never « toggle »: a second press would take the question away */}
          <button
            className="button quiet danger aside"
            type="button"
            popoverTarget={popoverId}
            popoverTargetAction="show"
          >
            {t('button.disconnect')}
          </button>
          <div className="question asked" id={popoverId} popover="auto" role="dialog" aria-labelledby={titleId}>
            <h3 id={titleId}>{t('disconnect.title')}</h3>
            <Consequences provider={provider} />
            <ActionForm id={`${prefix}disconnect`}>
              <FormNotice />
              <div className="actions">
                <SubmitButton kind="danger" pending={t('disconnect.pending')}>
                  {t('disconnect.confirm')}
                </SubmitButton>
                <button className="button" type="button" popoverTarget={popoverId} popoverTargetAction="hide">
                  {t('disconnect.keep')}
                </button>
              </div>
            </ActionForm>
          </div>
        </>
      ) : (
        <DoneNotice />
      )}
    </FormScope>
  )
}
