import { getTranslations } from 'next-intl/server'
import { whenInline } from '#app/_ui/display/date.tsx'
import type { Plan } from '#app/administratif/_connection/page-model.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { ResumeForm } from '../form/resume-form.tsx'

/** Who paused, when, and that nothing is lost. */
export const PauseFacts = async ({ page, model }: { page: KeyPage; model: Plan }) => {
  const t = await getTranslations()
  const { paused } = page.view
  const when = paused && (await whenInline(paused.at, page.now))
  return (
    <>
      {paused && when ? (
        <div className="row todo" data-tone="neutral">
          <dt>{t('problem.cause')}</dt>
          <dd>{paused.by ? t('fact.pausedBy', { name: paused.by, when }) : t('fact.pausedAt', { when })}</dd>
        </div>
      ) : null}
      <div className="row todo" data-tone="neutral">
        <dt>{t('problem.fix')}</dt>
        <dd>
          {t('fact.pausedFix')}
          <div className="actions">
            <ResumeForm page={page} model={model} />
          </div>
        </dd>
      </div>
    </>
  )
}
