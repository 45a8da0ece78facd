import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { changesKey, changesMs, type ListPayload } from '#lib/domain/notifications/webhook-event.ts'
import type { ListId } from '#lib/domain/sync/list.ts'
import type { Database } from '../engine/database.ts'
import type { Queries, Statement } from '../engine/queries.ts'
import { queueDeliveries } from './deliveries.ts'

/** The event of a list that changed, to stand beside the change: one that waits already tells of this change too. */
export const enqueueChangeEvent = (
  db: Database,
  q: Queries,
  { tenantId, list }: { tenantId: TenantId; list: ListId },
  now: Date,
): Statement[] => {
  if (!db.webhookEnabled) return []
  const payload: ListPayload = { list, at: now.toISOString() }
  const event = { channel: 'webhook', kind: 'data.changed', userId: null } as const
  return [
    queueDeliveries(db, q, [{ ...event, tenantId, payload, onceKey: changesKey(tenantId, list) }], now, changesMs),
  ]
}
