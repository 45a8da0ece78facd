import 'server-only'
import { revalidatePath } from 'next/cache'
import type { TenantId } from '#lib/domain/tenant.ts'
import type { LoggedDelivery } from '#lib/ports/delivery-store.ts'
import { container } from './container.ts'
import { formAction, textOf } from './form-action.ts'
import { requireSupport } from './session.ts'

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
  const { id: userId, from } = await requireSupport()
  const { replayDelivery } = await container()
  try {
    // support sees every tenant; the delivery must be of the one whose log this is
    const tenantId = textOf(form, 'tenantId') as TenantId
    await replayDelivery(tenantId, textOf(form, 'delivery'), { kind: 'user', userId, from: from ?? null })
  } finally {
    revalidatePath(page, 'page')
  }
  return {}
})
