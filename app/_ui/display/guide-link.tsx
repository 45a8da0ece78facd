import { getTranslations } from 'next-intl/server'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { mendingStep } from '#lib/server/http/guide-path.ts'

/** « Voir l’étape 4 du guide », where one of its steps mends what went wrong. */
export const GuideLink = async ({ code, provider }: { code: FailureCode; provider?: ProviderId }) => {
  const t = await getTranslations('guide')
  const step = mendingStep(code, provider)
  return step && <a href={step.href}>{t('seeStep', { number: step.number })}</a>
}
