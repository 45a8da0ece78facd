import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { CopyDiagnostic } from '../status/diagnostic.tsx'
import { Disconnect } from './disconnect.tsx'
import { repairLabel } from './repair-button.tsx'
import { TestForm } from './test-form.tsx'

interface Props {
  page: KeyPage
  plan: Plan
}

/** Leaving for the consent page again; not where that already stands at the problem. */
const Reconnect = async ({ page, plan }: Props) => {
  const t = await getTranslations('button')
  const { problem } = page
  const taken = problem && plan.repair && plan.spot === 'facts' ? await repairLabel(page, problem, plan) : null
  if (taken === t('reconnect')) return null
  return (
    <SubmitButton
      kind={plan.solid === 'reconnect' ? 'primary' : 'plain'}
      form={sectionForms[page.provider].id}
      name="intent"
      value="connect"
      pending={t('leaving')}
    >
      {t('reconnect')}
    </SubmitButton>
  )
}

/** Whether there is something to do a deed with: a connection, or keys that stand for one. */
export const hasActions = ({ grant, view }: KeyPage): boolean =>
  view.connection !== null || (grant === 'keys' && view.secret !== null)

/** What can be done with a connection, the next step first. */
export const ConnectionActions = ({ page, plan }: Props) => {
  const { enabled } = page.view
  const shown = hasActions(page)
  const solid = plan.solid === 'repair' && plan.repair === 'test' && plan.spot === 'facts'
  const test = shown && enabled ? <TestForm key="test" page={page} solid={solid} /> : null
  const reconnect =
    shown && enabled && page.grant === 'authorization_code' ? (
      <Reconnect key="reconnect" page={page} plan={plan} />
    ) : null
  return (
    <div className={shown ? 'actions deeds' : undefined}>
      {plan.solid === 'reconnect' ? [reconnect, test] : [test, reconnect]}
      {shown ? <CopyDiagnostic text={page.diagnostic} /> : null}
      <Disconnect page={page} />
    </div>
  )
}
