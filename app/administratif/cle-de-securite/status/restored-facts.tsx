import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { ResumeRestoredForm } from '../form/resume-restored-form.tsx'

/** Why nothing happens to a connection that came from a backup, and what decides. */
export const RestoredFacts = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const t = await providerMessages(page.wording)
  return (
    <>
      <div className="row todo" data-tone="warn">
        <dt>{t('problem.cause')}</dt>
        <dd>{t('fact.restoredCause')}</dd>
      </div>
      <div className="row todo" data-tone="warn">
        <dt>{t('problem.fix')}</dt>
        <dd>
          {t('fact.restoredFix')}
          <div className="actions">
            <ResumeRestoredForm page={page} model={model} />
          </div>
        </dd>
      </div>
    </>
  )
}
