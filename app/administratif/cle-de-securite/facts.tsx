import { getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/date.tsx'
import { GuideLink } from '#app/_ui/guide-link.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
import { AuthStatus } from './auth-status.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import { PauseFacts } from './pause-facts.tsx'
import type { Plan } from './plan.ts'
import { RepairButton } from './repair-button.tsx'

/** The old verbatim answer, what it means, what to do, and whom we are connected to. */
export const Facts = async ({ page, plan }: { page: KeyPage; plan: Plan }) => {
  const t = await getTranslations()
  const { view, problem, now } = page
  const { authStatus } = view
  const failed = authStatus !== null && authStatus.text !== 'Success'
  return (
    <dl className="facts">
      <AuthStatus status={authStatus} />
      {view.headline === 'paused' ? <PauseFacts page={page} plan={plan} /> : null}
      {problem && plan.spot === 'facts' ? (
        <>
          <div className="row todo" data-tone={plan.tone === 'warn' ? 'warn' : 'bad'}>
            <dt>{t('problem.cause')}</dt>
            <dd>{t(`failures.${problem.code}.cause`)}</dd>
          </div>
          <div className="row todo" data-tone={plan.tone === 'warn' ? 'warn' : 'bad'}>
            <dt>{t('problem.fix')}</dt>
            <dd>
              {t(`failures.${problem.code}.fix`)}
              {plan.repair ? (
                <div className="actions">
                  <RepairButton page={page} problem={problem} plan={plan} />
                  <GuideLink code={problem.code} />
                </div>
              ) : null}
            </dd>
          </div>
        </>
      ) : null}
      {failed ? (
        <div className="row">
          <dt>{t('fact.lastAttempt')}</dt>
          <dd>
            <When at={authStatus.at} now={now} />
          </dd>
        </div>
      ) : null}
      {view.connection ? <ConnectionFacts connection={view.connection} view={view} now={now} /> : null}
    </dl>
  )
}
