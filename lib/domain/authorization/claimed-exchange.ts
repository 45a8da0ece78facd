import type { TenantId } from '../accounts/tenant.ts'
import type { ProviderId } from '../connections/provider.ts'

/** A grant that this process alone may ask tokens for: its step is `exchanging`, taken by a compare-and-swap. */
export interface ClaimedGrant {
  pendingId: string
  tenantId: TenantId
  provider: ProviderId
  clientRowId: string
  userId: string
  /** Where the request of that user came from. */
  ip?: string | null
  /** Which part of the provider it is for, where the provider has parts. */
  target: string | null
  /** It was asked for from here: its code answered an authorization that we started in the same browser, or it needs no code. */
  knownState: boolean
}

/** One that comes with a code. */
export interface ClaimedExchange extends Omit<ClaimedGrant, 'target'> {
  code: string
  /** Where a code challenge was sent; else null. */
  sealedVerifier: string | null
  /** Until when the code may wait, parked, after an answer that passes; null for one that can be pasted again. */
  codeUntil: Date | null
  /** Tried in order; the next one only when the redirect URI was what was refused. */
  redirectUris: readonly string[]
}
