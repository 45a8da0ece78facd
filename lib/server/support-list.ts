import 'server-only'
import type { ConnectionState } from '#lib/domain/connection.ts'
import type { TenantStatus } from '#lib/ports/account-store.ts'
import { container } from './container.ts'
import { requireSupport } from './session.ts'

/** Those needing attention first. */
const urgency: Record<ConnectionState, number> = {
  misconfigured: 0,
  reconnect_required: 0,
  degraded: 1,
  awaiting_authorization: 2,
  unconfigured: 3,
  connected: 4,
}

/** Every tenant and how it stands, for support alone. */
export const readTenants = async (): Promise<TenantStatus[]> => {
  await requireSupport()
  const { store } = await container()
  const tenants = await store.accounts.listTenants()
  return tenants.sort((a, b) => urgency[a.state] - urgency[b.state])
}
