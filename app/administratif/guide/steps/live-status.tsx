import { GuideLink } from '#app/_ui/display/guide-link.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { Fault } from '#app/_ui/fields/field-error.tsx'
import { AuthStatus } from '#app/administratif/_connection/auth-status.tsx'
import { buildPageModel } from '#app/administratif/_connection/page-model.ts'
import { StatusBanner } from '#app/administratif/_connection/status-banner.tsx'
import type { GuidePage } from '#lib/server/loaders/guide/guide-page.ts'

/** « Auth Status », icon and word; and what is wrong, with the step that mends it. */
export const LiveStatus = async ({ page: { key } }: { page: GuidePage }) => {
  const t = await providerMessages(key.wording)
  const { view, problem } = key
  const plan = buildPageModel(key)
  const wrong = problem && (plan.placement === 'field' || plan.placement === 'facts')
  return (
    <section className="section" data-tone={plan.tone} aria-label={t('guide.steps.connect.state')}>
      {/* the fields stand on other steps: the fault below leads to them */}
      <StatusBanner page={key} model={{ ...plan, placement: null }} />
      <dl className="facts">
        <AuthStatus status={view.authStatus} />
        {view.connection?.account ? (
          <div className="row">
            <dt>{t('fact.account')}</dt>
            <dd>
              {view.connection.account.name} <small>{view.connection.account.email}</small>
            </dd>
          </div>
        ) : null}
      </dl>
      {wrong ? (
        <Fault
          labels={{ cause: t('problem.cause'), fix: t('problem.fix') }}
          cause={t(`failures.${problem.code}.cause`)}
          fix={t(`failures.${problem.code}.fix`)}
          tone={problem.code === 'never_returned' ? 'warn' : 'bad'}
        >
          {/* any other is led to by the button below */}
          {problem.code === 'never_returned' ? <GuideLink code={problem.code} page={key} /> : null}
        </Fault>
      ) : null}
    </section>
  )
}
