import type { ReactNode } from 'react'
import { When } from '#app/_ui/display/date.tsx'
import { GuideLink } from '#app/_ui/display/guide-link.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { AuthStatus } from '#app/administratif/_connection/auth-status.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { RepairButton } from '../form/repair-button.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import { CopyLine } from './copy-line.tsx'
import { LastSuccess } from './last-success.tsx'
import { PauseFacts } from './pause-facts.tsx'
import { RestoredFacts } from './restored-facts.tsx'

interface Props {
  page: KeyPage
  model: Plan
}

/** What is wrong, why, and the button that repairs it. */
const ProblemFacts = async ({ page, model, problem }: Props & { problem: NonNullable<KeyPage['problem']> }) => {
  const t = await providerMessages(page.wording)
  const tone = model.tone === 'warn' ? 'warn' : 'bad'
  // the button to test with stands right below, and those of the form where it ends
  const buttoned = model.repair !== null && model.repair !== 'test' && !model.atFoot
  const link = <GuideLink code={problem.code} page={page} />
  return (
    <>
      <div className="row todo" data-tone={tone}>
        <dt>{t('problem.cause')}</dt>
        <dd>{t(`failures.${problem.code}.cause`)}</dd>
      </div>
      <div className="row todo" data-tone={tone}>
        <dt>{t('problem.fix')}</dt>
        <dd>
          {t(`failures.${problem.code}.fix`)} {buttoned ? null : link}
          {buttoned ? (
            <div className="actions">
              <RepairButton page={page} problem={problem} model={model} />
              {link}
            </div>
          ) : null}
        </dd>
      </div>
    </>
  )
}

/** The old verbatim answer, what it means, what to do, and whom we are connected to. */
export const Facts = async ({ page, model, children }: Props & { children?: ReactNode }) => {
  const t = await providerMessages(page.wording)
  const { view, problem, now } = page
  const { authStatus, connection, lastSuccessAt } = view
  const failed = authStatus !== null && authStatus.text !== 'Success'
  return (
    <dl className="facts">
      <AuthStatus status={authStatus} prefix={sectionForms[page.provider].prefix} />
      {view.headline === 'paused' ? <PauseFacts page={page} model={model} /> : null}
      {view.headline === 'restored' ? <RestoredFacts page={page} model={model} /> : null}
      {problem && model.placement === 'facts' ? <ProblemFacts page={page} model={model} problem={problem} /> : null}
      {failed ? (
        <div className="row">
          <dt>{t('fact.lastAttempt')}</dt>
          <dd>
            <When at={authStatus.at} now={now} />
          </dd>
        </div>
      ) : null}
      {connection ? <ConnectionFacts connection={connection} page={page} /> : null}
      <CopyLine provider={page.provider} linked={true} />
      {page.grant === 'keys' && lastSuccessAt ? <LastSuccess at={lastSuccessAt} now={now} /> : null}
      {children}
    </dl>
  )
}
