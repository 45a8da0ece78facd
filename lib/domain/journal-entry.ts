import type { FailureCode } from './failure-codes.ts'
import type { TenantId } from './tenant.ts'

export type JournalEvent =
  | 'tenant.created'
  | 'user.created'
  | 'user.invited'
  | 'user.activated'
  | 'session.opened'
  | 'session.refused'
  | 'session.ended'
  | 'settings.saved'
  | 'authorization.departed'
  | 'authorization.parked'
  | 'authorization.refused'
  | 'authorization.exchanged'
  | 'candidate.forgotten'
  | 'candidate.answered'
  | 'connection.promoted'
  | 'connection.superseded'
  | 'connection.disconnected'
  | 'connection.tested'
  | 'token.refreshed'
  | 'token.refused'
  | 'token.failed'
  | 'token.arrived_late'
  | 'token.dropped'
  | 'token.reported'
  | 'outage.opened'
  | 'outage.closed'
  | 'delivery.given_up'
  | 'delivery.replayed'
  | 'api_key.created'
  | 'api_key.revoked'
  | 'identity.read'
  | 'identity.failed'

/** Who or what caused an entry. */
export type Actor = { kind: 'user'; userId: string } | { kind: 'visitor' | 'operator' | 'system' }

export interface JournalEntry {
  at: Date
  tenantId: TenantId | null
  connectionId: string | null
  actor: Actor
  event: JournalEvent
  outcome: 'ok' | FailureCode
  /** Facts that help support; never a secret, never data of the provider beyond the account. */
  detail: Record<string, string | number | boolean | null>
}
