import { getTranslations } from 'next-intl/server'
import { StateIcon } from '#app/_ui/display/state-icon.tsx'
import type { SupportPage } from '#lib/server/loaders/support/support-page.ts'

/** The operator's own client is refused, or gone: one word of it, whatever number of connections wait. */
export const OperatorFault = async ({ counted: { operatorFault: count } }: Pick<SupportPage, 'counted'>) => {
  if (count === 0) return null
  const t = await getTranslations('console.operatorFault')
  return (
    <section className="notice" data-tone="bad" aria-labelledby="operators-fault">
      <StateIcon state="misconfigured" />
      <div>
        <p id="operators-fault">
          <strong>{t('title', { count })}</strong>
        </p>
        <p>{t('text')}</p>
      </div>
    </section>
  )
}
