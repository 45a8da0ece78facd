import { whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { ConnectionTest } from '#lib/domain/connections/connection-test.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'

interface Props {
  provider: ProviderId
  test: ConnectionTest
  now: Date
}

/** When the connection was last tested, and what each read came to. */
export const LastTest = async ({ provider, test, now }: Props) => {
  const t = await providerMessages(provider)
  const answered = test.reads.filter(({ failure }) => failure === null).length
  const when = await whenInline(new Date(test.at), now)
  return (
    <div className="row">
      <dt>{t('console.fact.lastTest')}</dt>
      <dd>
        {t('test.summary', { when, answered, total: test.reads.length })}
        {test.reads.map(({ read, failure }) =>
          failure ? (
            <small key={read}>
              {t(`test.${read}`)}: {t(`failures.${failure}.cause`)}
            </small>
          ) : null,
        )}
      </dd>
    </div>
  )
}
