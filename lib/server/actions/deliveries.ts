'use server'

import { revalidatePath } from 'next/cache'
import { actorOf } from '#lib/domain/journal-entry.ts'
import { container } from '../container.ts'
import { formAction } from '../form-action.ts'
import { readForm } from '../forms/read-form.ts'
import { deliveryForm } from '../forms/support.ts'
import { requireFormSupport, requireTenant } from '../session.ts'

const route = '/support/[tenantId]'

/** « Renvoyer » */
export const resendDelivery = formAction({ route, kept: [], secrets: [] }, async (form) => {
  const support = await requireFormSupport()
  const typed = readForm(deliveryForm, form)
  // support sees every tenant; the delivery must be of the one whose log this is
  const { id: tenantId } = await requireTenant(typed.tenantId)
  const { replayDelivery } = await container()
  try {
    await replayDelivery(tenantId, typed.delivery, actorOf(support))
  } finally {
    revalidatePath(route, 'page')
  }
  return {}
})
