import { getTranslations } from 'next-intl/server'
import { When, whenInline } from '#app/_ui/display/date.tsx'
import type { TenantConnection } from '#lib/server/loaders/support/tenant-page.ts'
import { NotifiedLine } from '../notified-line.tsx'
import { LastTest } from './last-test.tsx'
import { Problem } from './problem.tsx'

interface Props {
  connection: TenantConnection
  now: Date
}

/** When the next attempt is made by itself, if one is. */
const NextAttempt = async ({ connection: { record }, now }: Props) => {
  const t = await getTranslations('console')
  const at =
    record.enabled && !record.restoredAt ? (record.status.nextAttemptAt ?? record.tokenSet?.refreshDueAt ?? null) : null
  return at === null ? t('noAttempt') : at > now ? <When at={at} now={now} /> : t('soon')
}

/** Why, since when, until when, through whom. Of the connected person no more than a name and the account. */
export const Facts = async ({ connection, now }: Props) => {
  const t = await getTranslations()
  const { record, view, notified } = connection
  const { provider, status, paused, connected, tokenSet, authStatus } = record
  const gone = t('console.fact.someone')
  return (
    <dl className="facts">
      <div className="row">
        <dt>{t('console.fact.since')}</dt>
        <dd>
          <When at={status.since} now={now} />
        </dd>
      </div>
      {view.problem ? (
        <Problem
          wording={view.problem.through === 'shared' ? 'teamleader-shared' : provider}
          code={view.problem.code}
          reason={status.reason}
          tone={view.tone}
        />
      ) : null}
      {view.tone === 'bad' || view.tone === 'warn' ? (
        <div className="row">
          <dt>{t('console.notified.label')}</dt>
          <dd>
            <NotifiedLine notified={notified} now={now} />
          </dd>
        </div>
      ) : null}
      {record.restoredAt ? (
        <div className="row">
          <dt>{t('console.fact.restoredFrom')}</dt>
          <dd>
            <When at={record.restoredAt} now={now} />
          </dd>
        </div>
      ) : null}
      {paused ? (
        <div className="row">
          <dt>{t('console.fact.pausedBy')}</dt>
          <dd>{t('fact.connectedByAt', { name: paused.by ?? gone, when: await whenInline(paused.at, now) })}</dd>
        </div>
      ) : null}
      {status.attempts > 0 ? (
        <div className="row">
          <dt>{t('console.fact.attempts')}</dt>
          <dd className="num">{t('console.value', { count: status.attempts })}</dd>
        </div>
      ) : null}
      <div className="row">
        <dt>{t('console.column.nextAttempt')}</dt>
        <dd>
          <NextAttempt connection={connection} now={now} />
        </dd>
      </div>
      <div className="row">
        <dt>{t('console.column.lastSuccess')}</dt>
        <dd>{status.lastSuccessAt ? <When at={status.lastSuccessAt} now={now} /> : t('console.never')}</dd>
      </div>
      {tokenSet ? (
        <div className="row">
          <dt>{t('console.fact.account')}</dt>
          <dd>
            {tokenSet.account?.name ?? t('console.fact.unknown')}{' '}
            {tokenSet.account ? <small className="mono">{tokenSet.account.id}</small> : null}
          </dd>
        </div>
      ) : null}
      {connected ? (
        <div className="row">
          <dt>{t('fact.connectedBy')}</dt>
          <dd>{t('fact.connectedByAt', { name: connected.by ?? gone, when: await whenInline(connected.at, now) })}</dd>
        </div>
      ) : null}
      <div className="row">
        <dt>{t('fact.authStatus')}</dt>
        <dd className={authStatus ? 'verbatim' : 'faint'}>{authStatus?.text ?? t('fact.noAttempt')}</dd>
      </div>
      {record.lastTest ? <LastTest provider={provider} test={record.lastTest} now={now} /> : null}
    </dl>
  )
}
