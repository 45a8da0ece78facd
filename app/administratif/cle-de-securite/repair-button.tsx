import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
import { signOut } from '#app/connexion/actions.ts'
import type { KeyPage } from '#lib/server/key-page.ts'
import { formId } from './contract.ts'
import { IdentifyForm } from './identify-form.tsx'
import type { Plan } from './plan.ts'
import { TestForm } from './test-form.tsx'

type Problem = NonNullable<KeyPage['problem']>

const pages = {
  reload: '/administratif/cle-de-securite',
  finish: '/oauth/callback/suite',
  sign_in: '/connexion',
} as const

/** What is written on the button beside a problem: the next step, in the words of the failure. */
export const repairLabel = async ({ code, remedy }: Problem, { repair }: Plan): Promise<string> => {
  const t = await getTranslations()
  return remedy === 'save' && repair === 'connect' ? t('button.connect') : t(`failures.${code}.action`)
}

/** The one button that does the fix. */
export const RepairButton = async ({ page, problem, plan }: { page: KeyPage; problem: Problem; plan: Plan }) => {
  const [t, label] = await Promise.all([getTranslations('button'), repairLabel(problem, plan)])
  const { repair } = plan
  const kind = plan.solid === 'repair' ? 'primary' : 'plain'
  if (repair === null) return null
  if (repair === 'test') return <TestForm solid={kind === 'primary'} lastTest={page.view.lastTest} />
  if (repair === 'identify') return <IdentifyForm solid={kind === 'primary'} />
  if (repair === 'save' || repair === 'connect')
    return (
      <SubmitButton
        kind={kind}
        form={formId}
        name="intent"
        value={repair}
        pending={t(repair === 'save' ? 'saving' : 'leaving')}
      >
        {label}
      </SubmitButton>
    )
  const className = kind === 'primary' ? 'button primary' : 'button'
  if (repair === 'sign_out')
    return (
      <form className="flat" action={signOut}>
        <button type="submit" className={className}>
          {label}
        </button>
      </form>
    )
  return (
    <a className={className} href={pages[repair]}>
      {label}
    </a>
  )
}
