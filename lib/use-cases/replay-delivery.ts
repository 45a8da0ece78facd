import { Failure } from '#lib/domain/failure.ts'
import type { Actor } from '#lib/domain/journal-entry.ts'
import type { TenantId } from '#lib/domain/tenant.ts'
import type { Deps } from '#lib/ports.ts'

/** « Renvoyer »: one more attempt under the same id. */
export const replayDelivery = ({ store, clock }: Deps) => {
  /** @throws Failure `delivery_gone` when the tenant has none of this id, or its attempt is under way */
  const replay = async (tenantId: TenantId, id: string, actor: Actor): Promise<void> => {
    const at = clock.now()
    const replayed = await store.deliveries.replay(tenantId, id, {
      ...{ at, tenantId, connectionId: null, actor },
      ...{ event: 'delivery.replayed', outcome: 'ok', detail: {} },
    })
    if (!replayed) throw new Failure('delivery_gone')
  }
  return replay
}
