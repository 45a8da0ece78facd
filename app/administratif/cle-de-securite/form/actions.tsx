import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { connectIntent } from '#app/administratif/_connection/contract.ts'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { CopyDiagnostic } from '../status/diagnostic.tsx'
import { Disconnect } from './disconnect.tsx'
import { repairLabel } from './repair-button.tsx'
import { TestForm } from './test-form.tsx'

interface Props {
  page: KeyPage
  model: Plan
}

/** Starts an authorization again; left out where the problem already offers it. */
const Reconnect = async ({ page, model }: Props) => {
  const t = await getTranslations('button')
  const { problem } = page
  const taken = problem && model.repair && model.placement === 'facts' ? await repairLabel(page, problem, model) : null
  if (taken === t('reconnect')) return null
  return (
    <SubmitButton
      kind={model.primary === 'reconnect' ? 'primary' : 'plain'}
      form={sectionForms[page.provider].id}
      name="intent"
      value={connectIntent[page.through]}
      pending={t('leaving')}
    >
      {t('reconnect')}
    </SubmitButton>
  )
}

/** Whether there is anything to act on: a connection, or keys that serve as one. */
export const hasActions = ({ grant, view }: KeyPage): boolean =>
  view.connection !== null || (grant === 'keys' && view.secret !== null)

/** What can be done with a connection, the next step first. */
export const ConnectionActions = ({ page, model }: Props) => {
  const { enabled, restoredAt } = page.view
  const shown = hasActions(page)
  const primary = model.primary === 'repair' && model.repair === 'test' && model.placement === 'facts'
  const test = shown && enabled && !restoredAt ? <TestForm key="test" page={page} primary={primary} /> : null
  const reconnect =
    shown && enabled && page.grant === 'authorization_code' ? (
      <Reconnect key="reconnect" page={page} model={model} />
    ) : null
  return (
    <div className={shown ? 'actions operations' : undefined}>
      {model.primary === 'reconnect' ? [reconnect, test] : [test, reconnect]}
      {shown ? <CopyDiagnostic text={page.diagnostic} /> : null}
      <Disconnect page={page} />
    </div>
  )
}
