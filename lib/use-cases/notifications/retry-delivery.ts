import type { TenantId } from '#lib/domain/accounts/tenant.ts'
import { Failure } from '#lib/domain/failure.ts'
import { type Actor, journalEntry } from '#lib/domain/journal/journal-entry.ts'
import type { Deps } from '#lib/ports/deps.ts'

/** « Renvoyer »: one more attempt under the same id. */
export const retryDelivery = ({ store, clock }: Deps) => {
  /** @throws Failure `delivery_gone` when the tenant has none of this id, or its attempt is under way */
  const replay = async (tenantId: TenantId, id: string, actor: Actor): Promise<void> => {
    const entry = journalEntry({ at: clock.now(), tenantId, actor, event: 'delivery.replayed' })
    if (!(await store.deliveries.replay(tenantId, id, entry))) throw new Failure('delivery_gone')
  }
  return replay
}
