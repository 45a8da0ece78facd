import { getTranslations } from 'next-intl/server'
import { When, whenInline } from '#app/_ui/display/date.tsx'
import { providerMessages } from '#app/_ui/display/provider-messages.ts'
import type { ConnectionView } from '#lib/domain/connections/connection-view.ts'
import type { KeyPage } from '#lib/server/loaders/connections/key-page.ts'
import { AccountId } from './account-id.tsx'
import { Expiry } from './expiry.tsx'
import { LastSuccess } from './last-success.tsx'
import { NextRefresh } from './next-refresh.tsx'

interface Props {
  connection: NonNullable<ConnectionView['connection']>
  page: KeyPage
}

/** Whose account it is, where the provider has accounts; else which part of it, by its id alone. */
const AccountFact = async ({ connection: { account }, page: { provider, grant, view } }: Props) => {
  const t = await providerMessages(provider)
  const unread = view.problem?.code === 'identity_unknown'
  return (
    <div className="row">
      <dt>{t('fact.account')}</dt>
      {account ? (
        <dd>
          {grant === 'authorization_code' ? (
            <>
              <span>{account.name}</span> <small>{account.email}</small> <AccountId id={account.id} />
            </>
          ) : (
            <span className="verbatim">{account.id}</span>
          )}
        </dd>
      ) : (
        <dd>
          <span>{t('fact.unknown')}</span> <small>{t(unread ? 'fact.unreadWhy' : 'fact.unknownWhy')}</small>
        </dd>
      )}
    </div>
  )
}

/** Whose integration it is, where there is a choice. */
const IntegrationFact = async ({ page: { view, sharedOffered } }: Pick<Props, 'page'>) => {
  const t = await getTranslations('integration')
  if (!sharedOffered && view.through !== 'shared') return null
  return (
    <div className="row">
      <dt>{t('fact')}</dt>
      <dd>{t(view.through === 'shared' ? 'shared' : 'own')}</dd>
    </div>
  )
}

/** Whom we are connected to, through whom, and until when. */
export const ConnectionFacts = async ({ connection, page }: Props) => {
  const { provider, wording, grant, view, now } = page
  const t = await providerMessages(wording)
  const { connectedAt, connectedBy } = connection
  const when = connectedAt && (await whenInline(connectedAt, now))
  return (
    <>
      <AccountFact connection={connection} page={page} />
      <IntegrationFact page={page} />
      {connectedAt && when ? (
        <div className="row">
          <dt>{t(connectedBy ? 'fact.connectedBy' : 'fact.connectedAt')}</dt>
          <dd>
            {connectedBy ? (
              <time dateTime={connectedAt.toISOString()}>{t('fact.connectedByAt', { name: connectedBy, when })}</time>
            ) : (
              <When at={connectedAt} now={now} />
            )}
          </dd>
        </div>
      ) : null}
      <LastSuccess at={view.lastSuccessAt} now={now} />
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
