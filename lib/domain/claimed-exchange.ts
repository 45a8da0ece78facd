import type { ProviderId } from './provider.ts'
import type { TenantId } from './tenant.ts'

/** An authorization whose exchange this process alone may make: its step is `exchanging`, taken by a compare-and-swap. */
export interface ClaimedExchange {
  pendingId: string
  tenantId: TenantId
  provider: ProviderId
  clientId: string
  userId: string
  code: string
  /** Tried in order; the next one only when the redirect URI was what was refused. */
  redirectUris: readonly string[]
  /** The code answered a departure of ours, in the same browser. */
  knownState: boolean
}
