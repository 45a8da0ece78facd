import { getTranslations } from 'next-intl/server'
import { SavedNote } from '#app/_ui/saved-note.tsx'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
import { CopyDiagnostic } from './diagnostic.tsx'
import type { Plan } from './plan.ts'
import { repairLabel } from './repair-button.tsx'

/** Saving and connecting, the next step first; a button that already stands at the problem is not repeated. */
export const FormButtons = async ({ page, plan }: { page: KeyPage; plan: Plan }) => {
  const t = await getTranslations('button')
  const { problem, view } = page
  const waiting = view.waitingCode !== null
  const beside = plan.spot === 'field' || plan.spot === 'facts'
  const taken = problem && plan.repair && beside ? await repairLabel(problem, plan) : null
  const connectLabel = t(waiting ? 'restart' : 'connect')
  const save = (
    <SubmitButton
      key="save"
      kind={plan.solid === 'save' ? 'primary' : 'plain'}
      name="intent"
      value="save"
      pending={t(waiting ? 'checking' : 'saving')}
      pendingWith={{ field: 'authCode', text: t('checking') }}
    >
      {t('save')}
    </SubmitButton>
  )
  const connect = (
    <SubmitButton
      key="connect"
      kind={plan.solid === 'connect' ? 'primary' : 'plain'}
      name="intent"
      value="connect"
      pending={t('leaving')}
    >
      {connectLabel}
    </SubmitButton>
  )
  const shown = [taken === t('save') ? null : save, taken === connectLabel ? null : connect]
  return (
    <div className="form-foot row">
      <div className="actions">
        {plan.solid === 'connect' ? shown.reverse() : shown}
        {waiting ? (
          <SubmitButton kind="quiet" name="intent" value="forget_code" pending={t('forgetting')}>
            {t('forgetCode')}
          </SubmitButton>
        ) : null}
        {plan.spot && !view.connection ? <CopyDiagnostic text={page.diagnostic} /> : null}
        <SavedNote />
      </div>
    </div>
  )
}
