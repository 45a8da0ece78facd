import { GuideLink } from '#app/_ui/display/guide-link.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { Fault } from '#app/_ui/fields/field-error.tsx'
import type { KnownFault } from '#app/_ui/fields/field-problem.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import type { Field } from '#lib/domain/failure-codes.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { RepairButton } from '../form/repair-button.tsx'

interface Props {
  page: KeyPage
  problem: NonNullable<KeyPage['problem']>
  model: Plan
}

/** What the page knows to be wrong at a field, with the button that repairs it. */
export const KnownProblem = async ({ page, problem, model }: Props) => {
  const t = await providerMessages(page.wording)
  return (
    <Fault
      labels={{ cause: t('problem.cause'), fix: t('problem.fix') }}
      cause={t(`failures.${problem.code}.cause`)}
      fix={t(`failures.${problem.code}.fix`)}
      tone={problem.code === 'never_returned' ? 'warn' : 'bad'}
    >
      {model.repair && !model.atFoot ? <RepairButton page={page} problem={problem} model={model} /> : null}
      <GuideLink code={problem.code} page={page} />
    </Fault>
  )
}

/** What the page knows to be wrong, for the field it is about. */
export const faultsOf =
  (page: KeyPage, model: Plan) =>
  (field: Field): KnownFault | undefined => {
    const { problem } = page
    return problem && model.placement === 'field' && problem.field === field
      ? { code: problem.code, shown: <KnownProblem page={page} problem={problem} model={model} /> }
      : undefined
  }
