import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { ApiKey, NamedTenant } from '#lib/domain/api-keys/api-key.ts'
import type { ConnectionStatus } from '#lib/domain/connections/connection-status.ts'
import type { ConnectionTest } from '#lib/domain/connections/connection-test.ts'
import type { ProviderId } from '#lib/domain/connections/provider.ts'
import type { JournalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Outage, OutageKind, PastOutage, Tally } from '#lib/domain/tokens/circuit-breaker.ts'
import type { CallOutcome, RefreshDecision } from '#lib/domain/tokens/refresh-policy.ts'
import type { StatusChange } from './authorization.ts'

/** A token set with all that its use and its refresh stand on; times are what is left in the clock of the lease. */
export interface TokenSet {
  tokenSetId: string
  connectionId: string
  tenantId: TenantId
  provider: ProviderId
  /** False for a candidate, whose refreshes leave the connection's on its own. */
  inUse: boolean
  enabled: boolean
  /** The instant of the backup it came from: its refresh token may be spent, so nothing is refreshed until somebody decides. */
  restoredAt: Date | null
  status: ConnectionStatus
  version: number
  sealedAccessToken: string
  sealedRefreshToken: string
  target: string | null
  lifetimeMs: number
  /** As it was stored: the same for whoever reads it. */
  expiresAt: Date
  /** Whichever ends first: by the clock of the lease, or by the time this process has known it. */
  msLeft: number
  msUnused: number | null
  /** After a passing failure: until the next attempt. */
  msToNextAttempt: number | null
  accessRefused: boolean
  /** The version whose refusal by the provider was last reported. */
  reportedVersion: number | null
  account: { id: string; name: string; email: string } | null
  identityKnown: boolean
  client: { id: string; identifier: string; shared: boolean; sealedSecret: string; secretVersion: number }
  /** The refresh token whose use is not settled. */
  intentFingerprint: string | null
  /** Whose lease it was sent under. */
  intentOwner: string | null
}

/** A lease on a token set, as its holder knows it. */
export interface Lease {
  tokenSet: TokenSet
  owner: string
}

export interface FreshTokens {
  sealedAccessToken: string
  sealedRefreshToken: string
  lifetimeMs: number
  /** Null when it is refreshed on demand. */
  refreshInMs: number | null
  /** Milliseconds since the provider gave them: both lives count from there. */
  ageMs: number
}

export interface TokenStore {
  /** The token set in use of a tenant's connection: one read. */
  read(tenantId: TenantId, provider: ProviderId, now: Date): Promise<TokenSet | null>
  readSet(tokenSetId: string, now: Date): Promise<TokenSet | null>
  /**
   * The token set in use behind an API key, with the key and the tenant that a request names (without a name, the key's
   * own): one read, again for each request, so that a revocation takes effect at once. Only the tenants that the key may
   * reach have a token set here.
   */
  readForKey(
    asked: { prefix: string; named: NamedTenant | null; provider: ProviderId },
    now: Date,
  ): Promise<{ key: ApiKey; tenantId: TenantId | null; tokenSet: TokenSet | null } | null>
  /** Takes a free or expired lease. */
  takeLease(tokenSetId: string, owner: string, ms: number, now: Date): Promise<boolean>
  /** Takes no lease back that somebody else has now. */
  renewLease(tokenSetId: string, owner: string, ms: number, now: Date): Promise<void>
  dropLease(tokenSetId: string, owner: string): Promise<void>
  /** Says, durably, that this refresh token is about to be sent. @returns false when lease or version is gone. */
  openIntent(lease: Lease, fingerprint: string, now: Date): Promise<boolean>
  /**
   * Stores a new pair over the version it was asked with, frees the lease, settles the intent.
   * @returns false when a newer version is there already, or the token set is gone.
   */
  storeFresh(
    lease: Lease,
    tokens: FreshTokens,
    after: {
      status: ConnectionStatus
      authStatus: string
      call: CallOutcome
      entries: JournalEntry[]
      /** Written where the connection was found to need a person meanwhile: the pair proves that it does not. */
      recovered: JournalEntry | null
      now: Date
    },
  ): Promise<boolean>
  /** Writes a failure, while lease and version hold; frees the lease. */
  storeFailure(lease: Lease, decision: RefreshDecision, after: { entries: JournalEntry[]; now: Date }): Promise<boolean>
  /** Notes that a back end was handed the token; an idle one's refresh is brought forward (null leaves it). */
  touch(tokenSet: TokenSet, refreshInMs: number | null, now: Date): Promise<void>
  /** A token set that no connection uses, or only a paused or restored one, is not refreshed by the background work. */
  skipRefresh(tokenSetId: string): Promise<void>
  /** A back end reported the token of this version refused: who may act on it now. */
  claimReport(tokenSet: TokenSet, what: 'refresh' | 'test', everyMs: number, now: Date): Promise<boolean>
  /** The access token of this version is handed out no more. */
  refuseAccess(tokenSet: TokenSet, status: ConnectionStatus, entry: JournalEntry): Promise<boolean>
  /**
   * Hands out token sets of a provider whose refresh is due and whose lease is free, the most overdue of them, each to one
   * caller: to all others it is due in `claimMs` again. A refresh sets its own due time; a caller that dies leaves nothing.
   */
  claimDue(provider: ProviderId, limit: number, claimMs: number, now: Date): Promise<{ tokenSetId: string }[]>
  /** Open intents whose lease is over: made due. */
  queueInterrupted(now: Date): Promise<void>
  /** @param change what the test says of a connection without tokens */
  saveTest(
    at: { tenantId: TenantId; connectionId: string; test: ConnectionTest },
    change: { statusChange: StatusChange; authStatus: string | null } | null,
    entry: JournalEntry,
  ): Promise<void>
  /** Deletes the token sets and takes the connection back to before its first authorization. */
  disconnect(
    at: { tenantId: TenantId; connectionId: string; to: ConnectionStatus },
    written: { now: Date; entry: JournalEntry },
  ): Promise<boolean>
}

export interface OutageStore {
  /** The outage that the circuit is open for. */
  find(provider: ProviderId): Promise<Outage | null>
  tally(provider: ProviderId, windowMs: number, now: Date): Promise<Tally>
  /** @returns false when the circuit is open already, or when refusals are believed. */
  open(provider: ProviderId, kind: OutageKind, probeInMs: number, entry: JournalEntry): Promise<boolean>
  /** Whether `claimProbe` would give the right to a call. */
  isProbeDue(provider: ProviderId, everyMs: number, now: Date): Promise<boolean>
  /** The right to one call while the outage lasts. */
  claimProbe(provider: ProviderId, everyMs: number, now: Date): Promise<boolean>
  /** Forgets calls that no judgement looks back to. */
  prune(provider: ProviderId, olderThanMs: number, now: Date): Promise<void>
  close(provider: ProviderId, entry: JournalEntry): Promise<boolean>
  /** Counts a probe that was refused; at the last one closes the circuit and says so. @returns whether this was it */
  countRefusedProbe(provider: ProviderId, last: number, entry: JournalEntry): Promise<boolean>
  /** The newest first. */
  listHistory(limit: number): Promise<PastOutage[]>
  /** A refresh succeeded: from now on many refusals are an outage again. */
  stopBelieving(provider: ProviderId): Promise<void>
  /** Takes back what the first refusals of an outage were mistaken for; they are due again. */
  reviveRefused(provider: ProviderId, sinceMs: number, now: Date): Promise<void>
}
