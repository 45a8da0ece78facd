import type { TenantId } from '../accounts/tenant.ts'
import type { Step } from '../authorization/pending-authorization.ts'
import type { FailureCode } from '../failure-codes.ts'
import type { Account } from './account.ts'
import type { ConnectionStatus } from './connection-status.ts'
import type { ConnectionTest } from './connection-test.ts'
import type { ProviderId } from './provider.ts'

/** Through which client tokens were minted, or are asked for. */
export interface ClientName {
  identifier: string
  /** The operator's own, whose secrets only the settings hold. */
  shared: boolean
}

/** A tenant's own client as the form may know it: never its secret. */
export interface ClientRecord {
  id: string
  identifier: string
  secretVersion: number
  secretLast4: string
  secretSetAt: Date
}

/** A token set without its tokens. */
export interface TokenSetRecord {
  id: string
  clientRowId: string
  client: ClientName
  version: number
  expiresAt: Date
  lifetimeMs: number
  /** The provider refused the access token before its end, so nobody is handed it. */
  accessRefused: boolean
  /** When the background work refreshes it; null when it does not. */
  refreshDueAt: Date | null
  createdAt: Date
  knownState: boolean
  authorizedBy: string | null
  identity: 'unread' | 'read' | 'refused'
  /** Which part of the provider it opens, where the provider has parts. */
  target: string | null
  /** Null until read. */
  account: Account | null
  identityDueAt: Date
}

/** Everything stored about one connection of one tenant, secrets aside. */
export interface ConnectionRecord {
  id: string
  tenantId: TenantId
  provider: ProviderId
  revision: number
  enabled: boolean
  paused: { at: Date; by: string | null } | null
  /** The instant of the backup that it came from, until somebody decides what becomes of it. */
  restoredAt: Date | null
  /** The tenant's own; null while it has none. */
  client: ClientRecord | null
  /** The part of the provider that the form names, where the provider has parts. */
  target: string | null
  /** When the provider that replaces this one worked for the first time. */
  supersededAt: Date | null
  status: ConnectionStatus
  authStatus: { text: string; at: Date } | null
  authorizationFailure: { code: FailureCode; at: Date } | null
  tokenSet: TokenSetRecord | null
  candidate: TokenSetRecord | null
  connected: { at: Date; by: string | null } | null
  lastTest: ConnectionTest | null
  /** The newest authorization that was begun. */
  newest: { step: Step; createdAt: Date; steppedAt: Date; shared: boolean } | null
}
