import 'server-only'
import { container } from '#lib/composition/container.ts'
import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { LoggedDelivery } from '#lib/ports/notifications.ts'
import { requireSupport } from '#lib/server/auth/session.ts'

const shown = 20

export interface DeliveryLog {
  deliveries: LoggedDelivery[]
  now: Date
}

/** What was told of a tenant lately, for support alone. */
export const readDeliveryLog = async (tenantId: TenantId): Promise<DeliveryLog> => {
  await requireSupport()
  const { store, clock } = await container()
  return { deliveries: await store.deliveries.list(tenantId, shown), now: clock.now() }
}
