import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Step } from '#lib/domain/authorization/pending-authorization.ts'
import type { Account } from '#lib/domain/connections/account.ts'
import type { ClientRecord, ConnectionRecord } from '#lib/domain/connections/connection-record.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { OutwardStatus } from '#lib/domain/connections/outward-status.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { FailureCode } from '#lib/domain/failure-codes.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'

export interface SealedClient extends ClientRecord {
  shared: boolean
  /** Empty where it is shared. */
  sealedSecret: string
}

export interface PendingRecord {
  id: string
  tenantId: TenantId
  connectionId: string
  clientId: string
  userId: string
  redirectUri: string
  nonceHash: string
  step: Step
  steppedAt: Date
  expiresAt: Date
  sealedCode: string | null
  /** Where a code challenge was sent, until the exchange is over; else null. */
  sealedVerifier: string | null
}

export interface ParkedCode {
  sealedCode: string
  expiresAt: Date
}

export interface NewPending extends Omit<PendingRecord, 'step' | 'steppedAt' | 'sealedCode' | 'sealedVerifier'> {
  stateHash: string
  sealedVerifier?: string | null
}

export interface NewTokenSet {
  id: string
  tenantId: TenantId
  connectionId: string
  clientId: string
  sealedAccessToken: string
  sealedRefreshToken: string
  lifetimeMs: number
  provider: ProviderId
  /** Until the background work refreshes it; null when it is refreshed on demand. */
  refreshInMs: number | null
  /** Milliseconds since the provider gave them. */
  ageMs: number
  knownState: boolean
  /** Absent where the provider has no parts. */
  target?: string | null
  /** Known from the start where the settings name it. */
  account?: Account | null
  authorizedBy: string
}

/** What every write says beside its own change. */
export interface Written {
  now: Date
  entry: JournalEntry
}

/** A status and the one it was computed from; written only while that one still holds. */
export interface StatusChange {
  from: ConnectionStatus
  to: ConnectionStatus
}

export interface SettingsChange extends Written {
  connectionId: string
  tenantId: TenantId
  /** The revision the editor saw. */
  revision: number
  enabled: boolean
  userId: string
  provider: ProviderId
  target: string | null
  /** Set when the provider that replaces this one works already. */
  supersededAt: Date | null
  /** Whether the background work takes up again what a pause or a wrong secret stopped. */
  resumes: boolean
  client: {
    id: string
    identifier: string
    secret: { sealed: string; version: number; last4: string } | null
  }
  statusChange: StatusChange
}

/** An authorization through the operator's client begins: nothing is typed, and the tenant's own client stays as it is. */
export interface SharedClientUse {
  connectionId: string
  tenantId: TenantId
  provider: ProviderId
  /** Of the row to be made, where the tenant has none of this client yet. */
  client: { id: string; identifier: string }
  statusChange: StatusChange
  now: Date
}

/** « Statut » alone. */
export interface EnabledChange extends Written {
  connectionId: string
  tenantId: TenantId
  enabled: boolean
  userId: string
  /** Whether the background work takes up again what the pause stopped. */
  resumes: boolean
}

export interface AuthorizationStore {
  /** How each connection that was ever begun stands; one read. */
  listStatuses(tenantId: TenantId): Promise<(OutwardStatus & { provider: ProviderId })[]>
  find(tenantId: TenantId, provider: ProviderId): Promise<ConnectionRecord | null>
  /** The same, made first when the tenant has none. */
  ensure(tenantId: TenantId, provider: ProviderId, id: string, now: Date): Promise<ConnectionRecord>
  /** The tenant's own of this identifier. */
  findClient(tenantId: TenantId, provider: ProviderId, identifier: string): Promise<SealedClient | null>
  findClientById(tenantId: TenantId, id: string): Promise<SealedClient | null>
  /** @returns false when the revision moved: somebody saved in between. */
  saveSettings(change: SettingsChange): Promise<boolean>
  /**
   * Makes the operator's client one that the tenant can be authorized through.
   *
   * @returns the id of the client's row; null when the connection is gone
   */
  useSharedClient(change: SharedClientUse): Promise<string | null>
  /** Leaves the revision alone. @returns false when it was so already. */
  switchEnabled(change: EnabledChange): Promise<boolean>

  /** A code that this browser had parked for the connection is let go: another one is asked for. */
  addPending(pending: NewPending, written: Written): Promise<void>
  findPending(stateHash: string): Promise<PendingRecord | null>
  /** The newest live parked authorization of this browser, whoever began it. */
  findParked(nonceHash: string, now: Date): Promise<PendingRecord | null>
  /** pending → parked, by this browser, while it lives. */
  park(at: { id: string; stateHash: string; nonceHash: string } & ParkedCode, written: Written): Promise<boolean>
  /** pending or parked → exchanging, by this browser, user and tenant, while it lives. `stateHash` null from parking. */
  claimExchange(
    at: { id: string; stateHash: string | null; nonceHash: string; userId: string; tenantId: TenantId },
    now: Date,
  ): Promise<boolean>
  /**
   * Opens an exchange for a code that came without an authorization that we started; `stateHash` is then the hash of the code, so that
   * one code is exchanged once. A failed one may be opened again. @returns false when it is under way or done.
   */
  openExchange(pending: NewPending, now: Date): Promise<boolean>
  /** pending → failed (a refusal), by this browser, user and tenant. */
  refusePending(
    at: { id: string; stateHash: string; nonceHash: string; userId: string; tenantId: TenantId; failure: FailureCode },
    written: Written,
  ): Promise<boolean>
  /** exchanging → done; stores the token set as the connection's candidate in place of an older one. */
  storeCandidate(pendingId: string, tokenSet: NewTokenSet, authStatus: string, written: Written): Promise<boolean>
  /** exchanging → failed, or → parked with a code that may be sent again. */
  failExchange(
    at: {
      pendingId: string
      connectionId: string
      failure: FailureCode
      /** Whether the connection goes on telling it. */
      lasting: boolean
      authStatus: string | null
      statusChange: StatusChange
      parked?: ParkedCode | null
    },
    written: Written,
  ): Promise<boolean>

  /** Takes the turn to ask for an identity: one caller each `retryMs`, unless `always`. */
  claimIdentity(tokenSetId: string, now: Date, retryMs: number, always: boolean): Promise<boolean>
  /** Stores what was learned, once; the token set in use takes its connection's status along. */
  recordIdentity(
    at: {
      tokenSetId: string
      connectionId: string
      identity: { kind: 'read'; account: Account } | { kind: 'refused' }
      statusChange: StatusChange | null
    },
    written: Written,
  ): Promise<boolean>
  /** candidate → token set in use, while both are the ones the decision stood on; the old one is deleted. */
  promote(
    at: {
      connectionId: string
      tenantId: TenantId
      candidateId: string
      inUseId: string | null
      to: ConnectionStatus
      by: string | null
      /** Whether the background work refreshes it. */
      resumes: boolean
      /** The connection that this one replaces, if it is in use. */
      supersedes?: { connectionId: string; entry: JournalEntry } | null
      /** The provider, where it may tell what changes. */
      webhooks?: ProviderId | null
    },
    written: Written,
  ): Promise<boolean>
  /** Whose connections have a candidate that came before an instant. */
  listCandidates(before: Date, limit: number): Promise<{ tenantId: TenantId; provider: ProviderId }[]>
  forgetCandidate(
    at: { connectionId: string; tenantId: TenantId; candidateId: string; failure: FailureCode | null },
    written: Written,
  ): Promise<boolean>
}
