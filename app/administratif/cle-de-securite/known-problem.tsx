import { getTranslations } from 'next-intl/server'
import { Fault } from '#app/_ui/fault.tsx'
import { GuideLink } from '#app/_ui/guide-link.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
import type { Plan } from './plan.ts'
import { RepairButton } from './repair-button.tsx'

interface Props {
  page: KeyPage
  problem: NonNullable<KeyPage['problem']>
  plan: Plan
}

/** What the page knows to be wrong at a field, with the button that repairs it. */
export const KnownProblem = async ({ page, problem, plan }: Props) => {
  const t = await getTranslations()
  return (
    <Fault
      labels={{ cause: t('problem.cause'), fix: t('problem.fix') }}
      cause={t(`failures.${problem.code}.cause`)}
      fix={t(`failures.${problem.code}.fix`)}
      tone={problem.code === 'never_returned' ? 'warn' : 'bad'}
    >
      {plan.repair ? <RepairButton page={page} problem={problem} plan={plan} /> : null}
      <GuideLink code={problem.code} />
    </Fault>
  )
}
