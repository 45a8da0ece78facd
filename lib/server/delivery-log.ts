import 'server-only'
import { revalidatePath } from 'next/cache'
import { actorOf } from '#lib/domain/journal-entry.ts'
import type { TenantId } from '#lib/domain/tenant.ts'
import type { LoggedDelivery } from '#lib/ports/delivery-store.ts'
import { container } from './container.ts'
import { formAction, textOf } from './form-action.ts'
import { requireSupport } from './session.ts'
import { requireFormSupport, requireTenant } from './support-form.ts'

const page = '/support/[tenantId]'
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

/** « Renvoyer » */
export const resend = formAction({ route: page, kept: [], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  // support sees every tenant; the delivery must be of the one whose log this is
  const { id: tenantId } = await requireTenant(form)
  const { replayDelivery } = await container()
  try {
    await replayDelivery.replay(tenantId, textOf(form, 'delivery'), actorOf(support))
  } finally {
    revalidatePath(page, 'page')
  }
  return {}
})
