import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { CopyButton } from '#app/_ui/display/copy-button.tsx'
import type { TenantConnection } from '#lib/server/loaders/support/tenant-page.ts'
import { SupportActionForm } from './action-form.tsx'

interface Props {
  connection: TenantConnection
  /** What stands behind them. */
  children?: ReactNode
}

/** What support can do with a connection; the primary action is what helps now. */
export const SupportActions = async ({ connection, children }: Props) => {
  const t = await getTranslations()
  const { record, diagnostic } = connection
  const { restoredAt, status } = record
  const { state } = status
  const copy = t('button.copyDiagnostic')
  const acts = record.enabled && restoredAt === null
  const asks = acts && (state === 'reconnect_required' || state === 'misconfigured')
  const begun = record.client !== null
  return (
    <div className="actions operations">
      {asks ? <SupportActionForm record={record} action="ask" id="ask" primary /> : null}
      {restoredAt ? <SupportActionForm record={record} action="resume_restored" id="resume-restored" primary /> : null}
      {begun && acts && state !== 'awaiting_authorization' ? (
        <SupportActionForm record={record} action="test" id="test" />
      ) : null}
      {record.tokenSet && acts && (state === 'degraded' || state === 'misconfigured') ? (
        <SupportActionForm record={record} action="retry" id="retry" primary={state === 'degraded'} />
      ) : null}
      {begun ? (
        <SupportActionForm
          record={record}
          action={record.enabled ? 'pause' : 'resume'}
          id="turn"
          primary={!record.enabled}
        />
      ) : null}
      {diagnostic ? <CopyButton text={diagnostic} label={copy} copy={copy} copied={t('help.copied')} quiet /> : null}
      {children}
    </div>
  )
}
