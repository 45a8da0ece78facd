import { getTranslations } from 'next-intl/server'
import { When, whenInline } from '#app/_ui/date.tsx'
import type { ConnectionView } from '#lib/domain/connection-view.ts'
import { Expiry } from './expiry.tsx'
import { NextRefresh } from './next-refresh.tsx'

interface Props {
  connection: NonNullable<ConnectionView['connection']>
  view: ConnectionView
  now: Date
}

/** Whom we are connected to, through whom, and until when. */
export const ConnectionFacts = async ({ connection, view, now }: Props) => {
  const t = await getTranslations('fact')
  const { account, connectedAt, connectedBy } = connection
  const { lastSuccessAt } = view
  const when = connectedAt && (await whenInline(connectedAt, now))
  return (
    <>
      <div className="row">
        <dt>{t('account')}</dt>
        {account ? (
          <dd>
            {account.name} <small>{account.email}</small> <small className="mono">{account.id}</small>
          </dd>
        ) : (
          <dd>
            {t('unknown')} <small>{t(view.problem?.code === 'identity_unknown' ? 'unreadWhy' : 'unknownWhy')}</small>
          </dd>
        )}
      </div>
      {connectedAt && when ? (
        <div className="row">
          <dt>{connectedBy ? t('connectedBy') : t('connectedAt')}</dt>
          <dd>
            {connectedBy ? (
              <time dateTime={connectedAt.toISOString()}>{t('connectedByAt', { name: connectedBy, when })}</time>
            ) : (
              <When at={connectedAt} now={now} />
            )}
          </dd>
        </div>
      ) : null}
      <div className="row">
        <dt>{t('lastSuccess')}</dt>
        <dd>{lastSuccessAt ? <When at={lastSuccessAt} now={now} /> : t('never')}</dd>
      </div>
      {connection.accessRefused ? null : (
        <Expiry connection={connection} resting={view.headline === 'connected'} now={now} />
      )}
      <NextRefresh connection={connection} headline={view.headline} now={now} />
    </>
  )
}
