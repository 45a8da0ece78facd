import { When, whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import { AuthStatus } from '#app/administratif/_connection/auth-status.tsx'
import { sectionForms } from '#app/administratif/_connection/section-form.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { ConnectionState } from '#lib/server/loaders/connections/connection-states.ts'
import { CopyLine } from '../status/copy-line.tsx'
import { Expiry } from '../status/expiry.tsx'
import { LastSuccess } from '../status/last-success.tsx'
import { NextRefresh } from '../status/next-refresh.tsx'

/** These tell whoever acts how far they are; nothing is wrong. */
const passing = new Set<FailureCode>(['never_returned', 'exchange_under_way', 'exchange_done'])

const Problem = async ({ state: { wording, view, failure } }: { state: ConnectionState }) => {
  const t = await providerMessages(wording)
  if (!failure || passing.has(failure)) return null
  return (
    <>
      <div className="row todo" data-tone={view.tone === 'warn' ? 'warn' : 'bad'}>
        <dt>{t('problem.cause')}</dt>
        <dd>{t(`failures.${failure}.cause`)}</dd>
      </div>
      {view.headline === 'degraded' || failure === 'provider_configuration' ? null : (
        <div className="row todo" data-tone={view.tone === 'warn' ? 'warn' : 'bad'}>
          <dt>{t('problem.fix')}</dt>
          <dd>{t('alert.askAdmin')}</dd>
        </div>
      )}
    </>
  )
}

type Connection = NonNullable<ConnectionState['view']['connection']>

const Connected = async ({ connection, state }: { connection: Connection; state: ConnectionState }) => {
  const { provider, grant, view, now } = state
  const t = await providerMessages(provider)
  const { accountName, connectedAt, connectedBy } = connection
  return (
    <>
      {grant === 'authorization_code' ? (
        <div className="row">
          <dt>{t('fact.account')}</dt>
          <dd>{accountName ?? t('fact.unknown')}</dd>
        </div>
      ) : null}
      {connectedAt ? (
        <div className="row">
          <dt>{t(connectedBy ? 'fact.connectedBy' : 'fact.connectedAt')}</dt>
          <dd>
            {connectedBy ? (
              t('fact.connectedByAt', { name: connectedBy, when: await whenInline(connectedAt, now) })
            ) : (
              <When at={connectedAt} now={now} />
            )}
          </dd>
        </div>
      ) : null}
      {connection.accessRefused ? null : (
        <Expiry provider={provider} connection={connection} resting={view.headline === 'connected'} now={now} />
      )}
      <NextRefresh
        connection={connection}
        headline={view.headline}
        onDemand={grant === 'client_credentials'}
        now={now}
      />
    </>
  )
}

/** The old verbatim answer, why it does not work if it does not, and until when it does. */
export const StateFacts = ({ state }: { state: ConnectionState }) => {
  const { provider, view, now } = state
  const { authStatus, lastSuccessAt, connection } = view
  return (
    <dl className="facts">
      <AuthStatus status={authStatus} prefix={sectionForms[provider].prefix} />
      <Problem state={state} />
      {connection || lastSuccessAt ? <LastSuccess at={lastSuccessAt} now={now} /> : null}
      {connection ? <Connected connection={connection} state={state} /> : null}
      <CopyLine provider={provider} linked={false} />
    </dl>
  )
}
