'use server'

import { revalidatePath } from 'next/cache'
import { container } from '#lib/composition/container.ts'
import { actorOf } from '#lib/domain/journal/journal-entry.ts'
import { requireFormSupport, requireTenant } from '../auth/session.ts'
import { readForm } from '../forms/read-form.ts'
import { deliveryForm } from '../forms/support.ts'
import { formAction } from '../http/server-action.ts'

const route = '/support/[tenantId]'

/** « Renvoyer » */
export const resendDelivery = formAction({ route, preserved: [], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const typed = readForm(deliveryForm, form)
  // support sees every tenant; the delivery must be of the one whose log this is
  const { id: tenantId } = await requireTenant(typed.tenantId)
  const { retryDelivery } = await container()
  try {
    await retryDelivery(tenantId, typed.delivery, actorOf(support))
  } finally {
    revalidatePath(route, 'page')
  }
  return {}
})
