import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { Tone } from '#lib/domain/connections/connection-view.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'

interface Props {
  provider: ProviderId
  code: FailureCode
  reason: FailureCode | null
  tone: Tone
}

/** What is wrong and what mends it, in the very words that the customer reads. */
export const Problem = async ({ provider, code, reason, tone }: Props) => {
  const t = await providerMessages(provider)
  return (
    <>
      <div className="row todo" data-tone={tone}>
        <dt>{t('console.fact.cause')}</dt>
        <dd>
          {t(`failures.${code}.cause`)} <small className="mono">{reason ?? code}</small>
        </dd>
      </div>
      <div className="row todo" data-tone={tone}>
        <dt>{t('console.fact.fix')}</dt>
        <dd>{t(`failures.${code}.fix`)}</dd>
      </div>
    </>
  )
}
