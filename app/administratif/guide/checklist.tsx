import { getTranslations } from 'next-intl/server'
import type { ComponentType } from 'react'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { GuideStep } from '#lib/domain/guide/guide.ts'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'
import { OpenHeading } from './open-heading.tsx'
import { AccessStep } from './steps/access-step.tsx'
import { BuildStep } from './steps/build-step.tsx'
import { ConnectStep } from './steps/connect-step.tsx'
import { CreateStep } from './steps/create-step.tsx'
import { CredentialsStep } from './steps/credentials-step.tsx'
import { DescribeStep } from './steps/describe-step.tsx'
import { RedirectStep } from './steps/redirect-step.tsx'
import { SignInStep } from './steps/sign-in-step.tsx'

const contents: Record<GuideStep, ComponentType<{ page: GuidePage }>> = {
  sign_in: SignInStep,
  build: BuildStep,
  create: CreateStep,
  redirect: RedirectStep,
  access: AccessStep,
  describe: DescribeStep,
  credentials: CredentialsStep,
  connect: ConnectStep,
}

/** Every step in order; one is open. */
export const Checklist = async ({ page }: { page: GuidePage }) => {
  const t = await getTranslations('guide')
  const Content = contents[page.open]
  return (
    <ol className="steps">
      {page.steps.map(({ step, done, number, id, href }) => {
        const title = t(`steps.${step}.title`)
        const open = step === page.open
        return (
          <li className="step" key={step} data-done={done || undefined} aria-current={open ? 'step' : undefined}>
            <span className="step-mark">
              {done ? (
                <>
                  <StateIcon state="connected" />
                  <span className="visually-hidden">{t('done')}</span>
                </>
              ) : (
                number
              )}
            </span>
            {open ? <OpenHeading id={id}>{title}</OpenHeading> : <h2>{title}</h2>}
            {open ? (
              <div className="step-body">
                <Content page={page} />
              </div>
            ) : done || step === page.here ? (
              <a href={href} aria-label={t('named', { action: t(done ? 'again' : 'resume'), what: title })}>
                {t(done ? 'again' : 'resume')}
              </a>
            ) : null}
          </li>
        )
      })}
    </ol>
  )
}
