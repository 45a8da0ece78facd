import { getTranslations } from 'next-intl/server'
import { Fault } from '#app/_ui/fault.tsx'
import { GuideLink } from '#app/_ui/guide-link.tsx'
import { AuthStatus } from '#app/administratif/cle-de-securite/auth-status.tsx'
import { Hero } from '#app/administratif/cle-de-securite/hero.tsx'
import { planPage } from '#app/administratif/cle-de-securite/plan.ts'
import type { GuidePage } from '#lib/server/guide-page.ts'

/** « Auth Status », icon and word; and what is wrong, with the step that mends it. */
export const LiveStatus = async ({ page: { key } }: { page: GuidePage }) => {
  const t = await getTranslations()
  const { view, problem } = key
  const plan = planPage(key)
  const wrong = problem && (plan.spot === 'field' || plan.spot === 'facts')
  return (
    <section className="section" data-tone={plan.tone} aria-label={t('guide.steps.connect.state')}>
      {/* the fields stand on other steps: the fault below leads to them */}
      <Hero page={key} plan={{ ...plan, spot: null }} />
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
          {problem.code === 'never_returned' ? <GuideLink code={problem.code} /> : null}
        </Fault>
      ) : null}
    </section>
  )
}
