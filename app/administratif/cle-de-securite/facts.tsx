import { getTranslations } from 'next-intl/server'
import { When } from '#app/_ui/date.tsx'
import type { KeyPage } from '#lib/server/key-page.ts'
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
      <div className="row">
        <dt id="auth-status">{t('fact.authStatus')}</dt>
        <dd>
          <output className={authStatus ? 'verbatim' : 'faint'} aria-labelledby="auth-status">
            {authStatus?.text ?? t('fact.noAttempt')}
          </output>
        </dd>
      </div>
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
