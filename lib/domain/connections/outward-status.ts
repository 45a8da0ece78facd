import type { FailureCode } from '../failure-codes.ts'
import type { ConnectionState, ConnectionStatus } from './connection-status.ts'

/** What of a connection a program is told. */
export interface OutwardStatus {
  /** `disabled`: nothing is asked of the provider, whatever the connection could do. */
  state: ConnectionState | 'disabled'
  /** `paused` by somebody, or `restored` from a backup and not decided on. */
  reason: FailureCode | 'paused' | 'restored' | null
  since: Date
  enabled: boolean
}

interface Switched {
  status: Pick<ConnectionStatus, 'state' | 'reason' | 'since'>
  enabled: boolean
  pausedAt: Date | null
  restoredAt: Date | null
}

export const outwardStatus = ({ status, enabled, pausedAt, restoredAt }: Switched): OutwardStatus => {
  const { state, reason, since } = status
  if (restoredAt) return { state: 'disabled', reason: 'restored', since: restoredAt, enabled }
  if (!enabled) return { state: 'disabled', reason: 'paused', since: pausedAt ?? since, enabled }
  return { state, reason, since, enabled }
}
