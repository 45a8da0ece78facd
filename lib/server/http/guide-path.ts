import type { FailureCode } from '#lib/domain/failure-codes.ts'
import { type GuideStep, stepMending, stepNumber } from '#lib/domain/guide/guide.ts'
import type { Wording } from '#lib/i18n/provider-messages.ts'

export const guideRoute = '/administratif/guide'

/** Where a step is opened. Its heading takes the focus, so that the keyboard goes on from there. */
export const stepPath = (step: GuideStep) => {
  const number = stepNumber(step)
  return { number, id: `etape-${number}`, href: `${guideRoute}?etape=${number}#etape-${number}` }
}

/** The step that mends a failure, if one does: the guide tells of a tenant's own integration with Teamleader’s API V2 alone. */
export const mendingStep = (code: FailureCode, wording: Wording) => {
  const step = wording === 'teamleader' ? stepMending(code) : null
  return step && stepPath(step)
}
