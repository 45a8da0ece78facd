import type { TenantId } from '../accounts/tenant.ts'
import type { ProviderId } from '../connections/provider.ts'

/** Whose calls a provider counts together, and for whom this one is. */
export interface CallWindow {
  provider: ProviderId
  clientId: string
  accountId: string
  tenantId: TenantId
  connectionId: string
}

interface Caller extends Pick<CallWindow, 'provider' | 'tenantId' | 'connectionId'> {
  client: { identifier: string }
  account: { id: string } | null
  /** The part of an account that alone can be reached. */
  target: string | null
}

/** The window of a token. Until its account is known, its calls are counted by themselves. */
export const callWindowOf = ({ provider, tenantId, connectionId, client, account, target }: Caller): CallWindow => ({
  provider,
  tenantId,
  connectionId,
  clientId: client.identifier,
  accountId: target ?? account?.id ?? connectionId,
})
