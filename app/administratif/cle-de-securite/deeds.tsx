import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
import { formId } from './contract.ts'
import { CopyDiagnostic } from './diagnostic.tsx'
import { Disconnect } from './disconnect.tsx'
import type { Plan } from './plan.ts'
import { repairLabel } from './repair-button.tsx'
import { TestForm } from './test-form.tsx'

/** What can be done with a connection; a button that already stands at the problem is not repeated. */
export const Deeds = async ({ page, plan }: { page: KeyPage; plan: Plan }) => {
  const t = await getTranslations('button')
  const { view, problem } = page
  const { connection } = view
  const taken = problem && plan.repair && plan.spot === 'facts' ? await repairLabel(problem, plan) : null
  const awake = connection !== null && view.enabled
  const solid = plan.solid === 'reconnect'
  const reconnect =
    awake && taken !== t('reconnect') ? (
      <SubmitButton
        key="reconnect"
        kind={solid ? 'primary' : 'plain'}
        form={formId}
        name="intent"
        value="connect"
        pending={t('leaving')}
      >
        {t('reconnect')}
      </SubmitButton>
    ) : null
  const test = awake && taken !== t('test') ? <TestForm key="test" lastTest={view.lastTest} solid={false} /> : null
  return (
    <div className={connection ? 'actions deeds' : undefined}>
      {solid ? [reconnect, test] : [test, reconnect]}
      {connection ? <CopyDiagnostic text={page.diagnostic} /> : null}
      <Disconnect offered={connection !== null} />
    </div>
  )
}
