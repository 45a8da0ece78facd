import { getTranslations } from 'next-intl/server'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Wording } from '#lib/i18n/provider-messages.ts'
import { mendingStep } from '#lib/server/http/guide-path.ts'

/** « Voir l’étape 4 du guide », where one of its steps mends what went wrong. */
export const GuideLink = async ({ code, page }: { code: FailureCode; page: { wording: Wording } }) => {
  const t = await getTranslations('guide')
  const step = mendingStep(code, page.wording)
  return step && <a href={step.href}>{t('seeStep', { number: step.number })}</a>
}
