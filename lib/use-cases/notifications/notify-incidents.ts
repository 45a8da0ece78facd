import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import type { Delivery, NotificationKind } from '#lib/domain/notifications/delivery.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** A provider that refuses everybody breaks a few connections before it is known for what it is. */
const alertDelayMs = 15_000
const atOnce = 100

/** Notifies a tenant's admins of its incidents, once when they open and once when they close, in any number of processes. */
export const notifyIncidents = ({ store, clock }: Deps) => {
  const toAdmins = async (tenantId: TenantId, kind: NotificationKind, incidentId: string): Promise<Delivery[]> =>
    (await store.deliveries.listRecipients(tenantId)).map((userId) => ({
      channel: 'mail',
      kind,
      onceKey: `${kind}:${incidentId}:${userId}`,
      tenantId,
      userId,
      payload: { incidentId },
    }))

  const notifyOpened = async () => {
    for (const { id, tenantId } of await store.incidents.listUnnotified(alertDelayMs, atOnce, clock.now()))
      await store.incidents.queueAlert(id, await toAdmins(tenantId, 'alert', id), clock.now())
  }

  const notifyClosed = async () => {
    for (const { id, tenantId, well } of await store.incidents.listEnded(atOnce)) {
      // disconnected, or broken again: there is no recovery to notify
      await store.incidents.queueRecovery(id, well ? await toAdmins(tenantId, 'recovery', id) : [], clock.now())
    }
  }

  const notify = async (): Promise<void> => {
    await notifyOpened()
    await notifyClosed()
  }

  return notify
}
