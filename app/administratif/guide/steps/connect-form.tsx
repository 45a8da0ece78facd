import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#app/_ui/forms/action-form.tsx'
import { FormNotice } from '#app/_ui/forms/form-notice.tsx'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { connectIntent } from '#app/administratif/_connection/contract.ts'
import { needsAttention } from '#app/administratif/_connection/page-model.ts'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { StoredSettings } from './saved-settings.tsx'

/** These are answered on « Clé de sécurité », or need nothing more. */
const elsewhere = new Set<GuidePage['key']['view']['headline']>(['question', 'unverified', 'code_received', 'paused'])

/** The way on: to what is still to be copied, to Teamleader, or to the page of the connection. */
export const ConnectForm = async ({ page }: { page: GuidePage }) => {
  const t = await getTranslations()
  const { view, canFinish, through } = page.key
  const { here } = page
  const tenant = (view.connection !== null && !needsAttention(view)) || elsewhere.has(view.headline) || canFinish
  if (tenant)
    return (
      <div className="actions">
        <a className="button primary" href="/administratif/cle-de-securite">
          {t('guide.steps.connect.keyPage')}
        </a>
      </div>
    )
  // through the operator's client nothing is owed: Teamleader itself asks who is not signed in
  const owed =
    through === 'shared' ? undefined : page.steps.find(({ step, done }) => step === here && step !== 'connect' && !done)
  const nothingSaved = through === 'own' && view.clientId === ''
  return (
    <ActionForm id="step">
      <FormNotice />
      <StoredSettings page={page} />
      <input type="hidden" name="clientId" value={view.clientId} />
      <div className="actions">
        {owed ? (
          <a className="button primary" href={owed.href}>
            {t('guide.steps.connect.again', { number: owed.number })}
          </a>
        ) : null}
        {nothingSaved ? null : (
          <SubmitButton
            kind={owed ? 'plain' : 'primary'}
            name="intent"
            value={connectIntent[through]}
            pending={t('button.leaving')}
          >
            {t('button.connect')}
          </SubmitButton>
        )}
      </div>
    </ActionForm>
  )
}
