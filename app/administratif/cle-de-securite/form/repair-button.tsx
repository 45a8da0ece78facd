import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { SubmitButton } from '#app/_ui/forms/submit-button.tsx'
import { connectIntent } from '#app/administratif/_connection/contract.ts'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { IdentifyForm } from './identify-form.tsx'

type Problem = NonNullable<KeyPage['problem']>

const pages = {
  reload: '/administratif/cle-de-securite',
  finish: '/oauth/callback/suite',
  sign_in: '/connexion',
} as const

/** What is written on the button beside a problem: the next step, in the words of the failure. */
export const repairLabel = async (
  { wording }: KeyPage,
  { code, remedy }: Problem,
  { repair }: Plan,
): Promise<string> => {
  const t = await providerMessages(wording)
  return remedy === 'save' && repair === 'connect' ? t('button.connect') : t(`failures.${code}.action`)
}

/** The one button that does the fix. */
export const RepairButton = async ({ page, problem, model }: { page: KeyPage; problem: Problem; model: Plan }) => {
  const [t, label] = await Promise.all([providerMessages(page.wording), repairLabel(page, problem, model)])
  const { repair } = model
  const kind = model.primary === 'repair' ? 'primary' : 'plain'
  // testing has its place among the actions below: a form that moved would lose its result
  if (repair === null || repair === 'test' || repair === 'save' || model.atFoot) return null
  if (repair === 'identify') return <IdentifyForm primary={kind === 'primary'} />
  if (repair === 'connect')
    return (
      <SubmitButton
        kind={kind}
        form={sectionForms[page.provider].id}
        name="intent"
        value={connectIntent[problem.through]}
        pending={t('button.leaving')}
      >
        {label}
      </SubmitButton>
    )
  const className = kind === 'primary' ? 'button primary' : 'button'
  if (repair === 'sign_out')
    return (
      <form className="flat" method="post" action="/deconnexion">
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
