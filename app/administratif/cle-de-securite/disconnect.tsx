import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/action-form.tsx'
import { DoneNotice } from '#app/_ui/done-notice.tsx'
import { FormNotice } from '#app/_ui/form-notice.tsx'
import { FormScope } from '#app/_ui/form-scope.tsx'
import { formWords } from '#app/_ui/form-words.ts'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import { disconnectTlGroup } from './actions.ts'

const popoverId = 'disconnect-question'

/** What stops, what stays, and what only Teamleader itself can do. */
const Consequences = async () => {
  const t = await getTranslations('disconnect')
  return (
    <dl>
      {(['stops', 'stays', 'elsewhere'] as const).map((part) => (
        <div key={part}>
          <dt>{t(part)}</dt>
          <dd>{t(`${part}Text`)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** « Déconnecter » asks first, in a popover of the browser's own; what was done is told where it was asked. */
export const Disconnect = async ({ offered }: { offered: boolean }) => {
  const [t, button, words] = await Promise.all([
    getTranslations('disconnect'),
    getTranslations('button'),
    formWords('/administratif/cle-de-securite', ['not_admin']),
  ])
  return (
    <FormScope action={disconnectTlGroup} words={{ ...words, saved: t('done') }}>
      {offered ? (
        <>
          {/* never « toggle »: a second press would take the question away */}
          <button
            className="button quiet danger aside"
            type="button"
            popoverTarget={popoverId}
            popoverTargetAction="show"
          >
            {button('disconnect')}
          </button>
          <div
            className="question asked"
            id={popoverId}
            popover="auto"
            role="dialog"
            aria-labelledby="disconnect-title"
          >
            <h3 id="disconnect-title">{t('title')}</h3>
            <Consequences />
            <ActionForm id="disconnect">
              <FormNotice />
              <div className="actions">
                <SubmitButton kind="danger" pending={t('pending')}>
                  {t('confirm')}
                </SubmitButton>
                <button className="button" type="button" popoverTarget={popoverId} popoverTargetAction="hide">
                  {t('keep')}
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
