import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { Tone } from '#lib/domain/connections/connection-view.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { Wording } from '#lib/i18n/provider-messages.ts'

interface Props {
  wording: Wording
  code: FailureCode
  reason: FailureCode | null
  tone: Tone
}

/** What is wrong and what mends it, in the very words that the customer reads, unless it is not for the customer to mend. */
export const Problem = async ({ wording, code, reason, tone }: Props) => {
  const t = await providerMessages(wording)
  const operator = code === 'provider_configuration'
  return (
    <>
      <div className="row todo" data-tone={tone}>
        <dt>{t(operator ? 'problem.cause' : 'console.fact.cause')}</dt>
        <dd>
          {t(operator ? 'console.operatorFault.cause' : `failures.${code}.cause`)}{' '}
          <small className="mono">{reason ?? code}</small>
        </dd>
      </div>
      <div className="row todo" data-tone={tone}>
        <dt>{t(operator ? 'problem.fix' : 'console.fact.fix')}</dt>
        <dd>{t(operator ? 'console.operatorFault.fix' : `failures.${code}.fix`)}</dd>
      </div>
    </>
  )
}
